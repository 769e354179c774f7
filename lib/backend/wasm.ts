/**
 * The backend of WebAssembly, with products by BLAS where it is found.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { borrowKernels } from "./borrowed_kernels.ts";
import { type TensorInfo, useBlas } from "./products.ts";
import { loadPackage, PACKAGES, type Tf } from "./tf.ts";

/** What is used of the library's backend. */
export type WasmBackend = {
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
  return products ?? "XNNPACK";
}
