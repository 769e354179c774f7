/**
 * Tests that what a device refuses is thrown, not taken for zeros.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { backend, matrix, toMatrix, toTensor } from "resolvent";
import type { Tensor, Tf } from "../../lib/backend/tf.ts";
import { textFault } from "../lint/error_text.ts";
import { backendRequirement, useBackend } from "../support/backends.ts";

const { ignore } = await backendRequirement("webgpu");

/** Side of a tensor that is too large to be computed beside the device. */
const SIDE = 64;
/** What each error says to do. */
const REMEDY = /so call await backend\(\{ prefer: "webgpu" \}\) for a new one and make the tensors/;

/** The library's backend, as far as it is provoked here. */
type Gpu = {
  readonly device: GPUDevice;
  getBufferData: () => Promise<ArrayBuffer>;
  runWebGPUProgram(program: object, inputs: readonly Tensor[], dtype: string): Tensor;
};

/** A program whose shader is the given text. */
class Program {
  readonly outputShape = [SIDE, SIDE];
  readonly variableNames = ["A"];
  readonly dispatchLayout = { x: [0, 1] };
  readonly dispatch = [SIDE * SIDE / 64, 1, 1];
  readonly workgroupSize = [64, 1, 1];
  readonly size = true;
  readonly shaderKey: string;

  constructor(readonly code: string) {
    this.shaderKey = code;
  }

  getUserCode(): string {
    return this.code;
  }
}

/** A shader that doubles its input. */
const DOUBLE = `fn main(index : i32) {
  if (index < uniforms.size) { setOutputAtIndex(index, 2.0 * getAByOutputIndex(index)); }
}`;

/** The device and the library, as a test finds them. */
async function fresh(): Promise<readonly [Tf, Gpu]> {
  const tf = await useBackend("webgpu");
  return [tf, tf.backend() as unknown as Gpu];
}

/** Ones, on the device. */
function ones(tf: Tf, side = SIDE): Tensor {
  return tf.ones([side, side]);
}

/** The one error of reading a tensor, which reads as all errors here do. */
async function readError(tensor: Tensor): Promise<Error> {
  const error = await assertRejects(() => tensor.data());
  assert(error instanceof Error);
  assertEquals(textFault(error.message), null);
  return error;
}

/** That the backend gives right numbers once it is chosen again. */
async function assertUsableAgain(before: Gpu): Promise<void> {
  const { name } = await backend({ prefer: "webgpu" });
  const [tf, after] = await fresh();
  assertEquals([name, after.device === before.device], ["webgpu", false]);
  const product = ones(tf).matMul(ones(tf));
  assertEquals(await toMatrix(product), matrix(SIDE, SIDE, () => SIDE));
}

Deno.test({
  name: "a tensor over the device's limit is refused at the operation, and nothing else is",
  ignore,
  fn: async () => {
    const [tf, { device }] = await fresh();
    const { maxStorageBufferBindingSize: limit } = device.limits;
    const side = Math.ceil(Math.sqrt(limit / 4)) + 1;
    const kept = ones(tf).add(1);
    const column = tf.ones([side, 1]);
    const row = tf.ones([1, side]);
    assertThrows(
      () => column.add(row),
      RangeError,
      `Cannot run Add (BinaryOpProgram) as a tensor must have at most ${limit} bytes on this ` +
        `device: [${side},${side}] has ${4 * side * side}; split it, or call`,
    );
    const host = tf.tensor(new Float32Array(side * side), [side, side]);
    assertThrows(() => host.square(), RangeError, "Cannot run Square (");
    assertThrows(() => host.sum(), RangeError, `must have at most ${limit} bytes`);
    host.dispose();
    assertEquals((await kept.data())[5], 2);
    // the largest that fits is right
    const largest = tf.ones([limit / 4]).add(tf.scalar(1));
    assertEquals((await largest.min().data())[0], 2);
    largest.dispose();
  },
});

Deno.test({
  name: "a program of our own runs, and a broken one throws at the read, by its name",
  ignore,
  fn: async () => {
    const [tf, gpu] = await fresh();
    const run = (code: string) => {
      const info = gpu.runWebGPUProgram(new Program(code), [ones(tf)], "float32");
      return tf.engine().makeTensorFromTensorInfo(info) as Tensor;
    };
    const doubled = run(DOUBLE);
    assertEquals(await toMatrix(doubled), matrix(SIDE, SIDE, () => 2));
    const kept = ones(tf).add(1);
    const broken = run("this is no shader");
    const error = await readError(broken);
    assertMatch(error.message, /^Cannot read a tensor as the device must run each operation: /);
    assertMatch(error.message, /: Program failed with ".*expected global item.*"; nothing on this/);
    assertMatch(error.message, REMEDY);
    // whatever is on the device is not to be trusted, and says so
    assertEquals((await readError(kept)).message, error.message);
    assertThrows(
      () => kept.add(kept),
      Error,
      "Cannot run Add (BinaryOpProgram) as the device must",
    );
    await assertRejects(() => toMatrix(kept), Error, "Program failed with");
    await assertUsableAgain(gpu);
    assertEquals((await readError(kept)).message, error.message);
    const [now] = await fresh();
    assertThrows(() => ones(now).add(kept), Error, "Program failed with");
  },
});

Deno.test({
  name: "a shader that compiles but does not fit its bindings throws at the read",
  ignore,
  fn: async () => {
    const [tf, gpu] = await fresh();
    const code = DOUBLE + "\n@group(0) @binding(9) var<storage, read> more : array<f32>;\n" +
      "fn use() -> f32 { return more[0]; }";
    const info = gpu.runWebGPUProgram(
      new Program(code.replace("2.0 *", "use() *")),
      [ones(tf)],
      "float32",
    );
    const error = await readError(tf.engine().makeTensorFromTensorInfo(info) as Tensor);
    assertMatch(error.message, /: Program failed with "/);
    await assertUsableAgain(gpu);
  },
});

Deno.test({
  name: "the operation that failed is named, not those after it",
  ignore,
  fn: async () => {
    const [tf, gpu] = await fresh();
    gpu.runWebGPUProgram(new Program("nor is this"), [ones(tf)], "float32");
    const { message } = await readError(ones(tf).matMul(ones(tf)).add(1));
    assertMatch(message, /: Program failed with "/);
    await assertUsableAgain(gpu);
  },
});

Deno.test({
  name: "a read that the device refuses throws as what it is, and from then on",
  ignore,
  fn: async () => {
    const [tf, gpu] = await fresh();
    const sum = ones(tf).add(1);
    gpu.getBufferData = () => Promise.reject(new DOMException("no mapping", "OperationError"));
    const { message } = await readError(sum);
    assertMatch(message, /: Add \(BinaryOpProgram\) failed with "no mapping"/);
    assertThrows(() => ones(tf).add(1), Error, "no mapping");
    await assertUsableAgain(gpu);
  },
});

Deno.test({
  name: "an error beside the operations throws at the next read",
  ignore,
  fn: async () => {
    const [tf, gpu] = await fresh();
    const sum = ones(tf).add(1);
    gpu.device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
    const error = await readError(sum);
    assertMatch(error.message, /Add \(BinaryOpProgram\) failed with "Buffer size \d+ is greater/);
    await assertUsableAgain(gpu);
  },
});

Deno.test({
  name: "a lost device throws, whether it is read or used first",
  ignore,
  fn: async () => {
    for (const use of ["read", "product", "upload"] as const) {
      const [tf, gpu] = await fresh();
      const a = ones(tf).add(1);
      await a.sum().data();
      const b = a.matMul(a);
      gpu.device.destroy();
      const error = await assertRejects(async () => {
        if (use === "product") await b.matMul(b).data();
        else if (use === "upload") await b.add(toTensor(matrix(SIDE, SIDE))).data();
        else await b.data();
      });
      assert(error instanceof Error);
      assertEquals(textFault(error.message), null);
      assertMatch(error.message, /BatchMatMul|Add/);
      assertMatch(error.message, REMEDY);
      assertMatch((await readError(b)).message, /failed with "/);
      await assertUsableAgain(gpu);
    }
  },
});

Deno.test({
  name: "a lost device is replaced before anything on it was used",
  ignore,
  fn: async () => {
    const [, gpu] = await fresh();
    gpu.device.destroy();
    await assertUsableAgain(gpu);
    const [, again] = await fresh();
    again.device.destroy();
    assertEquals((await backend()).name, "webgpu");
    await assertUsableAgain(again);
  },
});

Deno.test({
  name: "dataSync() says that webgpu cannot, and reads what is not on the device",
  ignore,
  fn: async () => {
    const [tf] = await fresh();
    assertThrows(
      () => ones(tf).add(1).dataSync(),
      Error,
      "Cannot read a tensor at once as webgpu needs await tensor.data(): it was to be read at once",
    );
    assertEquals([...tf.tensor1d([1, 2]).dataSync()], [1, 2]);
    // another backend would have to read it at once as well
    const onDevice = ones(tf).add(1);
    await useBackend("cpu");
    assertThrows(() => tf.neg(onDevice), Error, "toMatrix and toTensor bring it to");
    await useBackend("webgpu");
    assertEquals((await onDevice.data())[0], 2);
  },
});
