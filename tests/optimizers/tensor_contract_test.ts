/**
 * The contract suite over all optimizers on tensors, on every backend.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { matrix, muon, type Tensor, tensorOps } from "resolvent";
import { backendRequirement, BACKENDS, useBackend } from "../support/backends.ts";
import { tensorsOn } from "./arrays.ts";
import { contractTests } from "./contract.ts";
import { MEMBERS } from "./members.ts";

for (const name of BACKENDS) {
  const requirement = await backendRequirement(name);
  for (const member of MEMBERS) contractTests(member, tensorsOn(name), requirement);
}

for (const { name, make } of MEMBERS) {
  Deno.test(`${name} refuses two kinds of array, and tensors that are gone`, async () => {
    const tf = await useBackend("cpu");
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [m, t, gone] = [matrix(2, 3), ...[0, 1].map(() => tf.zeros([2, 3]))];
      const rule = make(0.1);
      const state = rule.init(t);
      const both = (g: unknown, w: unknown) => () => rule.update(g as never, state, w as never);
      assertThrows(both(m, t), TypeError, "gradient must be a tensor: gradient is a 2 x 3 matrix");
      assertThrows(both(t, m), TypeError, "gradient must be a matrix");
      gone.dispose();
      assertThrows(both(gone, t), TypeError, "gradient must be a live tensor");
      assertThrows(both(t, gone), TypeError, "must be a live tensor");
      assertThrows(both(tf.zeros([2, 3], "int32"), t), TypeError, 'its type is "int32"');
    });
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("muon takes an orthogonalizer of your own over tensors, and refuses rank 1", async () => {
  const tf = await useBackend("cpu");
  const own = { learningRate: 1, orthogonalizer: (a: Tensor) => tensorOps.scale(a, 2) };
  const rule = muon({ ...own, momentum: 0, nesterov: false, scale: "none" });
  tf.tidy(() => {
    const w = tf.ones([1, 2]);
    assertEquals([...rule.update(w, rule.init(w), w)[0].dataSync()], [-2, -2]);
    const b = tf.ones([2]);
    assertThrows(
      () => rule.update(b, rule.init(b), b),
      TypeError,
      "Cannot take a step of Muon as params must have rows and columns: the shape is [2]",
    );
  });
});
