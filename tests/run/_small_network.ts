/**
 * A small network and its data, for tests of training.
 *
 * @module
 */
import {
  matmul,
  type Matrix,
  matrix,
  mlp,
  type NetworkParams,
  type Rng,
  rng,
  type Scalar,
  scale,
  subtract,
  type Tensor2D,
  type TensorsOf,
  toTensor,
  transpose,
} from "resolvent";

/** Inputs and targets of a batch. */
export type Batch = { readonly x: Matrix; readonly y: Matrix };

const key = rng("small network");
const teacher = key.fork("teacher").normal([4, 2]);

/** 4 inputs, 8 hidden units, 2 outputs. */
export const MODEL = mlp({ sizes: [4, 8, 2], activation: "tanh", biases: false });

/** Parameters at the start. */
export const START: { readonly w1: Matrix; readonly w2: Matrix } = MODEL.init(
  key.fork("start"),
) as never;

/** 16 samples of a linear teacher. */
export function batchOf(own: Rng): Batch {
  const x = own.normal([16, 4]);
  return { x, y: matmul(x, teacher) };
}

/** The same on the device. */
export function tensorBatch(own: Rng): { readonly x: Tensor2D; readonly y: Tensor2D } {
  const { x, y } = batchOf(own);
  return { x: toTensor(x), y: toTensor(y) };
}

/** Half of the mean over samples of squared distances. */
export function loss(
  params: TensorsOf<NetworkParams>,
  { x, y }: { readonly x: Tensor2D; readonly y: Tensor2D },
): Scalar {
  return MODEL.apply(params, x).sub(y).square().sum().mul(0.5 / 16);
}

/** The same and its gradient in float64, written out. */
export function lossAndGradient(
  { w1, w2 }: { readonly w1: Matrix; readonly w2: Matrix },
  { x, y }: Batch,
): { readonly loss: number; readonly gradient: { readonly w1: Matrix; readonly w2: Matrix } } {
  const hidden = map(matmul(x, w1), Math.tanh);
  const residual = scale(subtract(matmul(hidden, w2), y), 1 / 16);
  const back = matmul(residual, transpose(w2));
  const slope = map(hidden, (h) => 1 - h * h);
  const entering = matrix(back.rows, back.cols, back.data.map((b, i) => b * slope.data[i]));
  return {
    loss: residual.data.reduce((sum, r) => sum + r * r, 0) * 16 / 2,
    gradient: {
      w1: matmul(transpose(x), entering),
      w2: matmul(transpose(hidden), residual),
    },
  };
}

function map(a: Matrix, f: (x: number) => number): Matrix {
  return { ...a, data: a.data.map(f) };
}
