/**
 * Kernels of infinite width for 1024 inputs and three hidden layers, in float64, beside neural-tangents
 * where Python has it, in its default float32 and in float64.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { infiniteWidthKernels, rng } from "resolvent";
import { openPython } from "./python_peer.ts";

/** Number of inputs. */
const POINTS = 1024;
/** Dimensions of the inputs: a small problem, and images of 28 x 28. */
const DIMENSIONS: readonly number[] = [64, 784];

/** The same network; `double` and `single` are the inputs in each precision. */
const SETUP = `
import jax
jax.config.update("jax_enable_x64", True)
import numpy
from neural_tangents import stax
double = jax.numpy.asarray(
    numpy.random.default_rng(1).standard_normal((int(sys.argv[1]), int(sys.argv[2])))
)
single = double.astype(jax.numpy.float32)
def dense():
    return stax.Dense(1, W_std=2 ** 0.5, b_std=0.1)
kernel_fn = stax.serial(*[layer for _ in range(3) for layer in (dense(), stax.Relu())], dense())[2]
both = jax.jit(lambda x: kernel_fn(x, None, ("nngp", "ntk")))
def kernels(x):
    jax.block_until_ready(both(x).ntk)
kernels(double)
kernels(single)
`;

const relu = infiniteWidthKernels({
  hiddenLayers: 3,
  activation: "relu",
  weightVariance: 2,
  biasVariance: 0.01,
});

for (const dimension of DIMENSIONS) {
  const x = rng(1).normal([POINTS, dimension]);
  const group = `ReLU, dimension ${dimension}`;
  Deno.bench(`infiniteWidthKernels, dimension ${dimension}`, { group, baseline: true }, () => {
    relu.kernels(x);
  });
  const peer = await openPython(SETUP, [String(POINTS), String(dimension)]);
  if (peer === null) continue;
  for (const precision of ["single", "double"]) {
    const name = `neural-tangents, ${precision} precision, dimension ${dimension}`;
    Deno.bench(name, { group }, async () => {
      await peer.run(`kernels(${precision})`);
    });
  }
}

const x = rng(1).normal([POINTS, 64]);
for (const activation of ["erf", "gelu"] as const) {
  const { kernels } = infiniteWidthKernels({ hiddenLayers: 3, activation });
  Deno.bench(`infiniteWidthKernels of ${activation}`, { group: "activations", n: 5 }, () => {
    kernels(x);
  });
}
