/**
 * Steps of training by `trainNetwork` on each backend whose numbers lie in the memory of this process,
 * beside torch and JAX, and where our time goes.
 *
 * ```sh
 * deno task bench
 * RESOLVENT_BLAS=off deno bench -A tests/bench/training_bench.ts # the backends' own products
 * ```
 *
 * @module
 */
import { backend } from "resolvent";
import { beside, type Contender, peerContender } from "./beside.ts";
import { BACKENDS } from "./on_tensors.ts";
import { givePerceptron, perceptron } from "./perceptron.ts";
import { openPeers } from "./python_peer.ts";
import { RATE, train } from "./training.ts";
import { printProfile } from "./training_profile.ts";

/** Batch, sizes, and steps that are taken at once. */
const CASES = [
  { n: 256, sizes: [784, 512, 512, 512, 10], steps: 10 },
  { n: 32, sizes: [64, 64, 10], steps: 100 },
] as const;

/** Largest difference of parameters after the steps: float32 sums in another order. */
const TOLERANCE = 1e-4;

const torch = await openPeers("torch"), jax = await openPeers("jax");
for (const { n, sizes, steps } of CASES) {
  const net = perceptron(n, sizes);
  const work = `step of SGD, ${n} x ${sizes.join("-")}`;
  const ours: Contender[] = [];
  for (const name of BACKENDS) {
    const { products } = await backend({ prefer: name });
    ours.push({
      name: `ours on ${name}, ${products}`,
      run: async () => (await train(name, net, { steps })).time,
      numbers: async () => {
        const { params } = await train(name, net, { steps });
        return params.flatMap((data) => Array.from(data));
      },
    });
  }
  for (const peer of [...torch, ...jax]) await givePerceptron(peer, net);
  const call = `(params, x, y, ${steps}, ${RATE})`;
  await beside(work, {
    ours,
    peers: [
      ...[...torch, ...jax].map((peer) =>
        peerContender(peer, { expression: `train${call}`, units: steps })
      ),
      ...jax.map((peer) =>
        peerContender(peer, {
          name: `${peer.name} in lax.scan`,
          expression: `train_scan${call}`,
          units: steps,
        })
      ),
    ],
    tolerance: TOLERANCE,
    seconds: 20,
  });
  for (const name of BACKENDS) await printProfile(name, net, { work, steps: 4 * steps });
}
for (const peer of [...torch, ...jax]) await peer.close();
