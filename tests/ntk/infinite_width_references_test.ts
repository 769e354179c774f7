/**
 * Kernels by neural-tangents and integrals by mpmath, made by tests/references/infinite_width.py.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  dualActivation,
  infiniteWidthKernels,
  type KernelActivation,
  type Matrix,
  matrix,
} from "resolvent";
import reference from "../references/infinite_width.json" with { type: "json" };

/** Both sides compute in float64 in another order; three layers of cubes amplify it a little. */
const ROUNDING = 1e-12;
/** On diagonals of rectifiers neural-tangents has angles of 1e-8 in place of 0, by cancellation. */
const ITS_DIAGONAL = 3e-8;
/** What the series promises, relative to the root of the two mean squares, which are of order 1. */
const SERIES = 1e-10;

/** Our settings for each case of the script. */
const ACTIVATIONS: Readonly<Record<string, KernelActivation>> = {
  relu: "relu",
  leakyRelu: { name: "leakyRelu", slope: 0.2 },
  abs: "abs",
  erf: "erf",
  gelu: "gelu",
  square: "square",
  cube: { polynomial: [0, 0, 0, 1] },
  polynomial: { polynomial: [0.3, -1, 0.5, 0.25] },
};

function assertClose(actual: Matrix, expected: readonly number[], onDiagonal = ROUNDING): void {
  const unit = Math.max(...expected.map(Math.abs));
  expected.forEach((value, at) => {
    const tolerance = at % (actual.cols + 1) === 0 ? onDiagonal : ROUNDING;
    assertAlmostEquals(actual.data[at], value, tolerance * unit);
  });
}

Deno.test("every case of the reference has its settings", () => {
  assertEquals(Object.keys(reference.networks).sort(), Object.keys(ACTIVATIONS).sort());
});

for (const [name, networks] of Object.entries(reference.networks)) {
  Deno.test(`infiniteWidthKernels() of ${name} are those of neural-tangents`, () => {
    const x1 = matrix(4, 3, reference.x1), x2 = matrix(2, 3, reference.x2);
    const onDiagonal = ["relu", "leakyRelu", "abs"].includes(name) ? ITS_DIAGONAL : ROUNDING;
    for (const { nngp, ntk, crossNngp, crossNtk, ...setting } of networks) {
      const network = infiniteWidthKernels({ ...setting, activation: ACTIVATIONS[name] });
      const own = network.kernels(x1), cross = network.kernels(x1, x2);
      assertClose(own.nngp, nngp);
      assertClose(own.ntk, ntk, onDiagonal);
      assertClose(cross.nngp, crossNngp);
      assertClose(cross.ntk, crossNtk);
    }
  });
}

for (const [name, pairs] of Object.entries(reference.duals)) {
  Deno.test(`dualActivation() of ${name} are the double integrals of mpmath`, () => {
    const dual = dualActivation(name as "tanh" | "sigmoid" | "silu");
    for (const { value, derivative, ...pair } of pairs) {
      assertAlmostEquals(dual.value(pair), value, SERIES);
      assertAlmostEquals(dual.derivative(pair), derivative, SERIES);
    }
  });
}
