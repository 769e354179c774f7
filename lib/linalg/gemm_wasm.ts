/**
 * The innermost loop of a matrix product in WebAssembly, two numbers at a time: its bytes are
 * written here, so that nothing is loaded and nothing has to be built.
 *
 * @module
 */

/** The innermost loop and the memory that it works on. */
export type TileKernel = {
  /** The memory as numbers; it does not move. */
  readonly memory: Float64Array;
  /** Sums `tile[r, c] = sum_k a[4 k + r] b[4 k + c]` over `depth` entries; places in bytes. */
  readonly multiply: (depth: number, a: number, b: number, tile: number) => void;
};

/** Bytes in a page of WebAssembly's memory. */
const PAGE = 65536;
// Operations of the binary format, as in the WebAssembly specification, section 5.4.
const LOCAL_GET = 0x20, LOCAL_SET = 0x21, I32 = 0x7f, V128 = 0x7b, END = 0x0b;
const LOOP = 0x03, BR_IF = 0x0d, EMPTY = 0x40, I32_CONST = 0x41, I32_ADD = 0x6a, I32_SUB = 0x6b;
const LOAD = [0xfd, 0x00], LOAD_SPLAT = [0xfd, 0x0a], STORE = [0xfd, 0x0b];
const MULTIPLY = [0xfd, 0xf2, 0x01], ADD = [0xfd, 0xf0, 0x01];
/** Alignment of an access, as the exponent of 2. */
const ALIGNED_8 = 3;
// Parameters, then two vectors of b, then the eight sums: tile[r, 2 h] is local SUMS + 2 r + h.
const DEPTH = 0, A = 1, B = 2, TILE = 3, RIGHT = 4, SUMS = 6;

/** Makes the loop with room for `length` numbers. */
export function tileKernel(length: number): TileKernel {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(8 * length / PAGE) });
  const compiled = new WebAssembly.Module(moduleBytes());
  const { exports } = new WebAssembly.Instance(compiled, { e: { m: memory } });
  return {
    memory: new Float64Array(memory.buffer),
    multiply: exports.f as TileKernel["multiply"],
  };
}

/** An unsigned integer below 2^14 in the format's variable length. */
function unsigned(value: number): readonly number[] {
  return value < 128 ? [value] : [value & 127 | 128, value >> 7];
}

/** A part of the format that begins with its length. */
function sized(content: readonly number[]): readonly number[] {
  return [...unsigned(content.length), ...content];
}

/** The module: one function over an imported memory. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const body = sized([1, 8 + 2, V128, ...loopCode(), END]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // Types: (i32, i32, i32, i32) -> ()
    ...[1, ...sized([1, 0x60, 4, I32, I32, I32, I32, 0])],
    // Imports: memory "e" "m" of at least one page.
    ...[2, ...sized([1, 1, 0x65, 1, 0x6d, 2, 0, 1])],
    ...[3, ...sized([1, 0])],
    // Exports: function "f".
    ...[7, ...sized([1, 1, 0x66, 0, 0])],
    ...[10, ...sized([1, ...body])],
  ]);
}

/** Adds a constant to a local. */
function advance(local: number, bytes: number): readonly number[] {
  return [LOCAL_GET, local, I32_CONST, bytes, I32_ADD, LOCAL_SET, local];
}

/** The loop over the depth, then the stores of the sums. */
function loopCode(): readonly number[] {
  const code: number[] = [LOOP, EMPTY];
  for (const half of [0, 1]) {
    code.push(LOCAL_GET, B, ...LOAD, ALIGNED_8, 16 * half, LOCAL_SET, RIGHT + half);
  }
  for (let row = 0; row < 4; row++) {
    for (const half of [0, 1]) {
      const sum = SUMS + 2 * row + half;
      code.push(LOCAL_GET, sum, LOCAL_GET, A, ...LOAD_SPLAT, ALIGNED_8, 8 * row);
      code.push(LOCAL_GET, RIGHT + half, ...MULTIPLY, ...ADD, LOCAL_SET, sum);
    }
  }
  code.push(...advance(A, 32), ...advance(B, 32));
  code.push(LOCAL_GET, DEPTH, I32_CONST, 1, I32_SUB, LOCAL_SET, DEPTH);
  code.push(LOCAL_GET, DEPTH, BR_IF, 0, END);
  for (let at = 0; at < 8; at++) {
    code.push(LOCAL_GET, TILE, LOCAL_GET, SUMS + at, ...STORE, ALIGNED_8, 16 * at);
  }
  return code;
}
