import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { matrix, mlp, rng, softplus, toTensor } from "resolvent";
import { activateArray, differentiateArray } from "../../lib/models/activations.ts";
import { backendRequirement, BACKENDS, numbersOf, useBackend } from "../support/backends.ts";

const SHARPNESSES = [0.25, 1, 4, 16, 400];

Deno.test("softplus() is its definition, and its derivative the limit of difference quotients", () => {
  for (const s of SHARPNESSES) {
    const { f, derivative } = softplus(s), h = 1e-5 / Math.max(1, s);
    for (const x of [-1, -0.3, 0, 0.2, 1.5]) {
      if (s * x < 30) assertAlmostEquals(f(x), Math.log(1 + Math.exp(s * x)) / s, 1e-14);
      assertAlmostEquals(derivative(x), (f(x + h) - f(x - h)) / (2 * h), 1e-7);
    }
  }
});

Deno.test("softplus() comes to ReLU like log 2 over its sharpness, and stays finite far out", () => {
  for (const s of SHARPNESSES) {
    const { f, derivative } = softplus(s);
    assertAlmostEquals(f(0), Math.LN2 / s, 1e-15);
    assertAlmostEquals(f(1e-3) - f(-1e-3), 1e-3, 1e-15);
    assertEquals([f(-1e5), f(1e5), derivative(-1e5), derivative(1e5)], [0, 1e5, 0, 1]);
  }
  // The tail keeps its relative accuracy.
  assertAlmostEquals(softplus().f(-600) / Math.exp(-600), 1, 1e-12);
});

Deno.test("softplus() without an argument has sharpness 1", () => {
  assertEquals(softplus().f(0.7), softplus(1).f(0.7));
});

for (const name of BACKENDS) {
  const requirement = await backendRequirement(name);
  Deno.test({
    name: `softplus() on ${name} agrees with matrices, with its derivative`,
    ...requirement,
    fn: async () => {
      const tf = await useBackend(name), before = tf.memory().numTensors;
      const x = matrix(1, 7, [-90, -3, -0.2, 0, 0.4, 2, 90]);
      for (const s of SHARPNESSES) {
        for (const apply of [activateArray, differentiateArray]) {
          const given = apply(x, softplus(s)).data;
          const tensor = tf.tidy(() => apply(toTensor(x), softplus(s)));
          const found = (await numbersOf(tensor)).data;
          found.forEach((value, i) =>
            assertLess(Math.abs(value - given[i]), 1e-5 * (1 + given[i]))
          );
          tensor.dispose();
        }
      }
      assertEquals(tf.memory().numTensors, before);
    },
  });
}

Deno.test("softplus() of large sharpness makes the network of ReLU", () => {
  const sizes = [3, 8, 1], x = rng("x").normal([5, 3]);
  const [soft, hard] = [softplus(1e8), "relu" as const].map((activation) =>
    mlp({ sizes, activation })
  );
  const params = hard.init(rng("start"));
  hard.apply(params, x).data.forEach((value, i) =>
    assertAlmostEquals(soft.apply(params, x).data[i], value, 1e-7)
  );
});

Deno.test("softplus() refuses a sharpness that is not above 0", () => {
  for (const bad of [0, -1, NaN, Infinity]) {
    assertThrows(() => softplus(bad), RangeError, "make a softplus activation");
  }
});
