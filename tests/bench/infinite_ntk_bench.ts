/**
 * Kernels of infinite width for 1024 inputs and three hidden layers, in float64, beside
 * neural-tangents in its default float32 and in float64.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { infiniteWidthKernels, rng } from "resolvent";
import { beside, milliseconds, peerContender, provider } from "./beside.ts";
import { openPeers } from "./python_peer.ts";

/** Number of inputs. */
const POINTS = 1024;

/** Activations, and dimensions of the inputs: a small problem, and images of 28 x 28. */
const CASES = [["relu", 64], ["relu", 784], ["erf", 64], ["gelu", 64]] as const;

/** Largest difference in float64: of a cosine near 1 an angle has half the digits. */
const DOUBLE = 1e-7;

/** The same in float32, whose cosines near 1 leave four digits of a derivative. */
const SINGLE = 1e-3;

const single = await openPeers("neural_tangents_float32");
const double = await openPeers("neural_tangents");
const peers = [...single, ...double];
for (const [activation, dimension] of CASES) {
  const x = rng(1).normal([POINTS, dimension]);
  const { kernels } = infiniteWidthKernels({
    hiddenLayers: 3,
    activation,
    weightVariance: 2,
    biasVariance: 0.01,
  });
  for (const peer of peers) {
    await peer.give("x", x, double.includes(peer) ? "float64" : "float32");
    await peer.take(`(kernel := infinite("${activation}", 2, 0.01))(x)[0]`);
  }
  await beside(`kernels of ${activation}, n = ${POINTS}, dimension ${dimension}`, {
    ours: [{
      name: `ours, float64, ${provider()}`,
      run: () => milliseconds(() => kernels(x)),
      numbers: () => {
        const { nngp, ntk } = kernels(x);
        return [...nngp.data, ...ntk.data];
      },
    }],
    peers: [
      ...single.map((peer) => peerContender(peer, { expression: "kernel(x)", tolerance: SINGLE })),
      ...double.map((peer) => peerContender(peer, { expression: "kernel(x)" })),
    ],
    tolerance: DOUBLE,
  });
}
for (const peer of peers) await peer.close();
