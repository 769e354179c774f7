/**
 * The tangent kernel of a ReLU network at initialisation, beside that of infinite width.
 *
 * Run: deno run -A examples/ntk.ts
 *
 * @module
 */
import { empiricalNtk, infiniteWidthKernels, kernelDistance, mlp, rng } from "resolvent";

/** Sizes and seed of the example. */
export type Options = {
  /** Widths to compare. */
  readonly widths?: readonly number[];
  /** Number of hidden layers. */
  readonly hiddenLayers?: number;
  /** Number of inputs. */
  readonly inputs?: number;
  /** Root seed. */
  readonly seed?: number;
};

/** Prints the relative distance at each width; returns it. */
export function main(
  { widths = [64, 256, 1024, 4096], hiddenLayers = 1, inputs = 5, seed = 1 }: Options = {},
): readonly number[] {
  const key = rng(seed), x = key.fork("x").normal([12, inputs]);
  const { kernels } = infiniteWidthKernels({ hiddenLayers, activation: "relu" });
  const { ntk } = kernels(x);
  const distances = widths.map((width) => {
    const hidden = new Array<number>(hiddenLayers).fill(width);
    const model = mlp({ sizes: [inputs, ...hidden, 1], parametrization: "ntk" });
    return kernelDistance(empiricalNtk(model, model.init(key.fork(width)), x), ntk);
  });
  console.log("distance of the kernel to that of infinite width, times the root of the width");
  console.table(widths.map((width, i) => distances[i] * Math.sqrt(width)));
  return distances;
}

if (import.meta.main) main();
