/**
 * The backend of plain JavaScript, with products by BLAS where it is found.
 *
 * @module
 */
import { type TensorInfo, useBlas } from "./products.ts";
import type { Tf } from "./tf.ts";

/** What is used of the library's backend. */
type CpuBackend = {
  readonly data: { get(id: object): { readonly values: Float32Array<ArrayBuffer> } };
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array): TensorInfo;
};

/** Makes it ready; tells what multiplies matrices. */
export function prepareCpu(tf: Tf): string {
  const products = useBlas(tf, "cpu", (backend) => {
    const { data, makeTensorInfo } = backend as CpuBackend;
    return {
      values: ({ dataId }) => data.get(dataId).values,
      make: (shape, fill) => {
        const out = new Float32Array(shape.reduce((all, length) => all * length, 1));
        fill(out);
        return makeTensorInfo.call(backend, shape, "float32", out);
      },
    };
  });
  return products ?? "JavaScript";
}
