/**
 * Five steps of Newton-Schulz, on matrices in float64 and on tensors in float32, beside torch and JAX in
 * the same precision.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { newtonSchulz, rng } from "resolvent";
import { tensorOps } from "../../lib/backend/tensor_ops.ts";
import { beside, type Contender, milliseconds, peerContender, provider } from "./beside.ts";
import { onTensors } from "./on_tensors.ts";
import { openPeers } from "./python_peer.ts";

/** Sides of the square matrices. */
const SIDES: readonly number[] = [512, 1024];

/** Largest differences: a singular value near 0 grows 485 times, and its rounding with it. */
const TOLERANCES = { float64: 1e-10, float32: 2e-3 } as const;

const peers = await openPeers("torch", "jax");
for (const side of SIDES) {
  const a = rng(1).normal([side, side]);
  const onMatrices: Contender = {
    name: `ours, matrices, ${provider()}`,
    run: () => milliseconds(() => newtonSchulz(a, { steps: 5 })),
    numbers: () => newtonSchulz(a, { steps: 5 }).data,
  };
  const ways = {
    float64: [onMatrices],
    float32: await onTensors({ a }, ({ a }) => tensorOps.newtonSchulz(a, { steps: 5 })),
  };
  for (const type of ["float64", "float32"] as const) {
    for (const peer of peers) await peer.give("a", a, type);
    await beside(`Newton-Schulz, 5 steps, ${side} x ${side}, ${type}`, {
      ours: ways[type],
      peers: peers.map((peer) => peerContender(peer, { expression: "newton_schulz(a)" })),
      tolerance: TOLERANCES[type],
    });
  }
}
for (const peer of peers) await peer.close();
