/**
 * Kernels that the backend of WebAssembly lacks, such as the gradient of a look-up in a table.
 *
 * @module
 */
import type { TensorInfo } from "./products.ts";
import type { Tf } from "./tf.ts";
import type { WasmBackend } from "./wasm.ts";

/** What is used of the backend that lends. */
type Lender = {
  makeTensorInfo(shape: number[], dtype: string, values: ArrayLike<number>): TensorInfo;
  readSync(dataId: object): ArrayBufferView;
  disposeData(dataId: object, force: boolean): boolean;
};

/** The types of numbers that both backends keep in the same way. */
const DTYPES: readonly string[] = ["float32", "int32", "bool"];

/** Registers each kernel that "cpu" has and "wasm" lacks: it copies, has "cpu" compute, and copies back. */
export function borrowKernels(tf: Tf): void {
  const lender = tf.engine().findBackend("cpu") as unknown as Lender;
  const present = new Set(tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName));
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend("cpu")) {
    if (present.has(kernelName)) continue;
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs, backend }) => {
        const wasm = backend as WasmBackend;
        const lent: TensorInfo[] = [];
        const copies = Object.entries(inputs).map(([name, info]) => {
          if (info === undefined || info === null) return [name, info] as const;
          checkDtype(kernelName, info);
          const values = wasm.typedArrayFromHeap(info).slice();
          lent.push(lender.makeTensorInfo(info.shape, info.dtype, values));
          return [name, lent.at(-1)] as const;
        });
        const named = Object.fromEntries(copies);
        const given = Array.isArray(inputs) ? Object.assign([], named) : named;
        const found = kernelFunc({ inputs: given, attrs, backend: lender });
        const outputs = Array.isArray(found) ? found : [found];
        try {
          const results = outputs.map((info) => {
            checkDtype(kernelName, info);
            const values = lender.readSync(info.dataId);
            return wasm.makeOutput(info.shape, info.dtype, undefined, values);
          });
          return Array.isArray(found) ? results : results[0];
        } finally {
          for (const { dataId } of [...lent, ...outputs]) lender.disposeData(dataId, true);
        }
      },
    });
  }
}

/** Refuses complex numbers and strings, which the backends keep in ways of their own. */
function checkDtype(kernelName: string, { dtype }: TensorInfo): void {
  if (DTYPES.includes(dtype)) return;
  throw new TypeError(
    `Cannot run ${kernelName} on wasm as it must work on real numbers: dtype is ${dtype} ` +
      `(await backend({ prefer: "cpu" }) has all types)`,
  );
}
