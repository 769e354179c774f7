import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { activationDerivative, matrix, type ModelActivation } from "resolvent";
import { ACTIVATION_NAMES } from "../../lib/data/activations.ts";
import {
  activateArray,
  differentiateArray,
  modelActivationFunction,
} from "../../lib/models/activations.ts";

/** Every activation with a derivative. */
const ALL: readonly ModelActivation[] = [
  ...ACTIVATION_NAMES,
  "erf",
  { name: "leakyRelu", slope: -0.3 },
  { f: Math.sin, derivative: Math.cos },
];

/** Central differences of step 1e-5 have an error of 1e-10 from truncation and 1e-11 from rounding. */
const DIFFERENCES = 1e-9;

Deno.test("activationDerivative() is the limit of difference quotients", () => {
  for (const activation of ALL) {
    const f = modelActivationFunction(activation), slope = activationDerivative(activation);
    for (const x of [-7, -2.5, -0.3, 0.2, 1, 3.7]) {
      const h = 1e-5;
      assertAlmostEquals(slope(x), (f(x + h) - f(x - h)) / (2 * h), DIFFERENCES);
    }
  }
});

Deno.test("activationDerivative() at a kink takes the negative side, and 0 for abs", () => {
  const at0 = (["relu", "leakyRelu", "relu2", "abs"] as const).map((s) =>
    activationDerivative(s)(0)
  );
  assertEquals(at0, [0, 0.01, 0, 0]);
});

Deno.test("activationDerivative() stays finite far out", () => {
  for (const activation of ALL) {
    for (const x of [-800, 800]) {
      assertEquals(Number.isFinite(activationDerivative(activation)(x)), true);
    }
  }
});

Deno.test("erf has the values of the tables", () => {
  const erf = modelActivationFunction("erf");
  assertAlmostEquals(erf(0.5), 0.5204998778130465, 1e-15);
  assertAlmostEquals(erf(-1), -0.8427007929497149, 1e-15);
});

Deno.test("activations of matrices are those of their entries", () => {
  const a = matrix(2, 2, [-2, -0.5, 0.5, 3]);
  for (const activation of ALL) {
    const f = modelActivationFunction(activation), slope = activationDerivative(activation);
    assertEquals([...activateArray(a, activation).data], [...a.data].map((x) => f(x)));
    assertEquals([...differentiateArray(a, activation).data], [...a.data].map((x) => slope(x)));
  }
});

Deno.test("activationDerivative() refuses a function alone and an unknown name", () => {
  assertThrows(
    () => activationDerivative(Math.tanh),
    TypeError,
    "a function needs its derivative: { f, derivative }",
  );
  assertThrows(() => activationDerivative("sin" as never), RangeError, 'activation is "sin"');
});
