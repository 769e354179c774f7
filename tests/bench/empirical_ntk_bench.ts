/**
 * The tangent kernel of a perceptron 784-512-512-10 at 256 inputs, the mean over its outputs, beside
 * torch by its tutorial's contraction of Jacobians and by hand, and neural-tangents.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { empiricalNtk, type Tensor } from "resolvent";
import { beside, type Contender, milliseconds, peerContender, provider } from "./beside.ts";
import { givePerceptron, perceptron } from "./perceptron.ts";
import { onTensors } from "./on_tensors.ts";
import { openPeers } from "./python_peer.ts";

/** Largest difference: sums of float32 products over some hundred units. */
const TOLERANCE = 1e-5;

const net = perceptron(256, [784, 512, 512, 10]);
const { model, params, x } = net;

const onMatrices: Contender = {
  name: `ours, float64 matrices, ${provider()}`,
  run: () => milliseconds(() => empiricalNtk(model, params, x, null, { method: "layerwise" })),
  numbers: () => empiricalNtk(model, params, x, null, { method: "layerwise" }).data,
};

const torch = await openPeers("torch"), tangents = await openPeers("neural_tangents_float32");
for (const peer of [...torch, ...tangents]) await givePerceptron(peer, net);
await beside("tangent kernel, 784-512-512-10, n = 256", {
  ours: [
    onMatrices,
    ...await onTensors<string>({ ...params, x }, ({ x, ...params }) => {
      return empiricalNtk<"rows", Tensor>(model, params, x, null, { method: "layerwise" });
    }),
  ],
  peers: [
    ...torch.flatMap((peer) => [
      peerContender(peer, { expression: "ntk_contraction(params, x)" }),
      peerContender(peer, {
        name: `${peer.name} by hand`,
        expression: "ntk_layerwise(params, x)",
      }),
    ]),
    ...tangents.map((peer) =>
      peerContender(peer, { expression: "tangent_kernel(x, None, params)" })
    ),
  ],
  tolerance: TOLERANCE,
});
for (const peer of [...torch, ...tangents]) await peer.close();
