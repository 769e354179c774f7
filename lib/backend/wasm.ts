/**
 * The backend of WebAssembly, with products by BLAS where it is found.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { borrowKernels } from "./borrowed_kernels.ts";
import { type TensorInfo, useBlas } from "./products.ts";
import { nameKernels, runningKernel } from "./running_kernel.ts";
import { loadPackage, PACKAGES, type Tf } from "./tf.ts";

/** What is used of the library's backend. */
export type WasmBackend = {
  readonly wasm: { _malloc: (bytes: number) => number; readonly _free: (address: number) => void };
  typedArrayFromHeap(info: TensorInfo): Float32Array<ArrayBuffer>;
  makeOutput(
    shape: number[],
    dtype: string,
    memoryOffset?: number,
    values?: ArrayBufferView,
  ): TensorInfo;
};

/** Loads it; tells what multiplies matrices. */
export async function prepareWasm(tf: Tf): Promise<string> {
  const { setWasmPaths } = await loadPackage<typeof import("@tensorflow/tfjs-backend-wasm")>(
    PACKAGES.wasm,
  );
  // the program reads its WebAssembly as a file, by a path
  const file = import.meta.resolve(`${PACKAGES.wasm}/dist/tfjs-backend-wasm.wasm`);
  setWasmPaths(fileURLToPath(new URL(".", file)));
  borrowKernels(tf);
  const products = useBlas(tf, "wasm", (backend) => {
    const wasm = backend as WasmBackend;
    return {
      values: (info) => wasm.typedArrayFromHeap(info),
      make: (shape, fill) => {
        const info = wasm.makeOutput(shape, "float32");
        fill(wasm.typedArrayFromHeap(info));
        return info;
      },
    };
  });
  nameKernels(tf, "wasm");
  if (await tf.setBackend("wasm")) guardMemory(tf.backend() as unknown as WasmBackend);
  return products ?? "XNNPACK";
}

/** Has a tensor refused that the memory has no room for; the library would write it to address 0. */
function guardMemory({ wasm }: WasmBackend): void {
  wasm._free(wasm._malloc(1)); // its first call puts the real function in its own place
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address !== 0 || bytes === 0) return address;
    throw new RangeError(
      `Cannot run ${runningKernel() ?? "tensor"} as its result must fit in the memory of wasm: ` +
        `there is no room for ${bytes} bytes; dispose tensors, or call ` +
        'await backend({ prefer: "cpu" })',
    );
  };
}
