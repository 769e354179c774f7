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
  incRef(dataId: object): void;
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
  shareClones(tf);
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

/**
 * Has a clone hold the numbers of its original, as on the other backends; the library would copy what a
 * step of training keeps for its gradient. No kernel writes to its inputs.
 */
function shareClones(tf: Tf): void {
  const own = tf.getKernel("Identity", "wasm");
  tf.unregisterKernel(own.kernelName, "wasm");
  tf.registerKernel({
    ...own,
    kernelFunc: (args) => {
      const x = args.inputs.x!;
      if (x.dtype === "string") return own.kernelFunc(args);
      (args.backend as WasmBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
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
