/**
 * The perceptrons of the benches: parameters, inputs and classes that all peers are given.
 *
 * @module
 */
import { type Matrix, matrix, type Mlp, mlp, rng } from "resolvent";
import type { PythonPeer } from "./python_peer.ts";

/** A perceptron at its first parameters, and a batch. */
export type Perceptron = {
  readonly model: Mlp;
  readonly params: Readonly<Record<string, Matrix>>;
  /** Inputs, shape `[n, inputs]`. */
  readonly x: Matrix;
  /** Classes as one-hot rows, shape `[n, outputs]`. */
  readonly y: Matrix;
};

/** Draws a perceptron with ReLU, and n inputs. */
export function perceptron(n: number, sizes: readonly number[]): Perceptron {
  const model = mlp({ sizes, weightVariance: 2 });
  const classes = sizes.at(-1)!;
  const y = matrix(n, classes);
  for (let i = 0; i < n; i++) y.data[i * classes + i % classes] = 1;
  return { model, params: model.init(rng(1)), x: rng(2).normal([n, sizes[0]]), y };
}

/** Gives a peer x, y and the list `params`: w1, b1, w2, ... */
export async function givePerceptron(
  peer: PythonPeer,
  { params, x, y }: Perceptron,
): Promise<void> {
  const all = Object.entries({ ...params, x, y });
  for (const [name, array] of all) await peer.give(name, array, "float32");
  await peer.take(`(params := [${Object.keys(params).join(", ")}])[0]`);
}
