/**
 * Products of float32 matrices by BLAS, for the backends whose numbers lie in this process's memory.
 *
 * @module
 */
import type { BlasRoutines } from "../linalg/blas_library.ts";
import { blasIfFound, linalgProvider } from "../linalg/provider.ts";
import type { Tf } from "./tf.ts";

/** Arguments of cblas: row by row, as it is, transposed. */
const ROW_MAJOR = 101, AS_IS = 111, TRANSPOSED = 112;

/** A kernel of the library: inputs, attributes and a backend to results. */
type Kernel = ReturnType<Tf["getKernel"]>;
type KernelArguments = Parameters<Kernel["kernelFunc"]>[0];
export type TensorInfo = Extract<ReturnType<Kernel["kernelFunc"]>, { readonly dtype: string }>;

/** How a backend keeps its numbers. */
export type NumbersOf = {
  /** Numbers of a float32 tensor where they lie; a new tensor may move them. */
  readonly values: (info: TensorInfo) => Float32Array<ArrayBuffer>;
  /** A new float32 tensor, filled by `fill`. */
  readonly make: (shape: number[], fill: (out: Float32Array<ArrayBuffer>) => void) => TensorInfo;
};

/**
 * Puts BLAS, where it is found, behind the products of a backend; names what multiplies, or null.
 * What BLAS has no routine for (other types, batches that broadcast) stays with the library's own.
 */
export function useBlas(
  tf: Tf,
  backendName: string,
  numbersOf: (backend: object) => NumbersOf,
): string | null {
  const blas = blasIfFound();
  const own = tf.getKernel("BatchMatMul", backendName);
  tf.unregisterKernel(own.kernelName, backendName);
  tf.registerKernel({
    ...own,
    kernelFunc: (args) => product(blas, args, numbersOf(args.backend)) ?? own.kernelFunc(args),
  });
  return blas === null ? null : linalgProvider().name;
}

/** The products of one or many pairs of matrices; null where they are not for BLAS. */
function product(
  blas: BlasRoutines | null,
  { inputs, attrs }: KernelArguments,
  { values, make }: NumbersOf,
): TensorInfo | null {
  const [a, b] = [inputs.a!, inputs.b!];
  const { transposeA, transposeB } = attrs as Readonly<Record<string, boolean>>;
  const batch = a.shape.slice(0, -2);
  const [m, k] = sides(a, transposeA);
  const [inner, n] = sides(b, transposeB);
  const isForBlas = a.dtype === "float32" && b.dtype === "float32" && k === inner &&
    a.shape.length === b.shape.length && batch.every((length, axis) => length === b.shape[axis]);
  if (!isForBlas) return null;
  // a sum of nothing, which wasm would leave unwritten
  if (m * n * k === 0) return make([...batch, m, n], (out) => out.fill(0));
  if (blas === null) return null;
  const count = batch.reduce((all, length) => all * length, 1);
  return make([...batch, m, n], (out) => {
    const [x, y] = [values(a), values(b)];
    for (let i = 0; i < count; i++) {
      // deno-fmt-ignore
      blas.sgemm(
        ROW_MAJOR, transposeA ? TRANSPOSED : AS_IS, transposeB ? TRANSPOSED : AS_IS, m, n, k,
        1, x.subarray(i * m * k), a.shape.at(-1)!, y.subarray(i * k * n), b.shape.at(-1)!,
        0, out.subarray(i * m * n), n,
      );
    }
  });
}

/** Rows and columns of the matrices of a tensor. */
function sides({ shape }: TensorInfo, transposed: boolean): readonly [number, number] {
  const [rows, cols] = shape.slice(-2);
  return transposed ? [cols, rows] : [rows, cols];
}
