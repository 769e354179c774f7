import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { activate, type Activation, activationFunction, matrix, rng } from "resolvent";
import { ACTIVATION_NAMES } from "../../lib/data/activations.ts";

/** Values at -2, -0.5, 0, 1.5; GELU and SiLU from 30-digit arithmetic. */
const VALUES: Readonly<Record<string, readonly number[]>> = {
  identity: [-2, -0.5, 0, 1.5],
  relu: [0, 0, 0, 1.5],
  leakyRelu: [-0.02, -0.005, 0, 1.5],
  abs: [2, 0.5, 0, 1.5],
  relu2: [0, 0, 0, 2.25],
  gelu: [-0.0455002638963584144, -0.154268769362993448, 0, 1.39978919809671290],
  silu: [-0.238405844044235112, -0.188770334399072718, 0, 1.22636171429046549],
  sigmoid: [0.1192029220221176, 0.3775406687981454, 0.5, 0.8175744761936437],
  tanh: [-0.9640275800758169, -0.4621171572600098, 0, 0.9051482536448664],
  square: [4, 0.25, 0, 2.25],
};

Deno.test("activationFunction() of every name has its known values", () => {
  assertEquals(Object.keys(VALUES).sort(), [...ACTIVATION_NAMES].sort());
  for (const name of ACTIVATION_NAMES) {
    [-2, -0.5, 0, 1.5].forEach((x, i) => {
      assertAlmostEquals(activationFunction(name)(x), VALUES[name][i], 5e-16, `${name} at ${x}`);
    });
  }
});

Deno.test("activationFunction() takes a slope or a function", () => {
  assertEquals(activationFunction({ name: "leakyRelu", slope: 0.1 })(-3), -0.30000000000000004);
  assertEquals(activationFunction({ name: "leakyRelu", slope: -1 })(-3), 3);
  assertEquals(activationFunction(Math.cos), Math.cos);
});

Deno.test("activate() acts on every entry and stays finite far out", () => {
  const a = rng(1).normal([3, 4], { sd: 2 });
  for (const name of ACTIVATION_NAMES) {
    const f = activationFunction(name);
    assertEquals(activate(a, name).data, a.data.map((x) => f(x)));
    const far = activate(matrix(1, 2, [-1e100, 1e100]), name);
    assert(far.data.every(Number.isFinite), name);
  }
  assertEquals(activate(matrix(0, 3), "relu").cols, 3);
});

Deno.test("activate() refuses unknown names, slopes for others, and what is not finite", () => {
  const a = matrix(1, 1, [1]);
  assertThrows(
    () => activate(a, "swish" as Activation),
    RangeError,
    'Cannot choose an activation as activation must be one of "identity", "relu"',
  );
  const wrong = { name: "relu", slope: 2 } as unknown as Activation;
  assertThrows(() => activate(a, wrong), RangeError, "only leakyRelu takes a slope");
  assertThrows(() => activate(a, { name: "leakyRelu", slope: NaN }), RangeError, "slope is NaN");
  assertThrows(
    () => activate(a, () => NaN),
    RangeError,
    "Cannot apply an activation as every entry must be finite: the result[0, 0] is NaN",
  );
  assertThrows(() => activate(matrix(1, 1, [NaN]), "relu"), RangeError, "a[0, 0] is NaN");
});

Deno.test("activate() has the same bits as activationFunction(), for every name", () => {
  const x = rng("same bits").normal([40, 25], { sd: 4 });
  for (const name of ACTIVATION_NAMES) {
    const f = activationFunction(name);
    assertEquals(activate(x, name).data, x.data.map((value) => f(value)), name);
  }
  const leaky = { name: "leakyRelu", slope: 0.3 } as const;
  assertEquals(activate(x, leaky).data, x.data.map(activationFunction(leaky)));
});
