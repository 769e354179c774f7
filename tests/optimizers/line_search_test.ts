import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { compareSteps, lineSearchLosses, matrix, matrixRegression, rng, scale } from "resolvent";

const KEY = rng("line search");
const PROBLEM = matrixRegression(KEY.fork("a").normal([30, 6]), KEY.fork("y").normal([30, 4]));
const START = matrix(6, 4);
/** Rounding of a few products of order 1. */
const ROUNDING = 1e-12;

Deno.test("lineSearchLosses() never rises and gains at least what the guaranteed steps gain", () => {
  const steps = compareSteps(PROBLEM, START);
  const gains = { gradient: steps.euclideanDecrease, polar: steps.spectralDecrease } as const;
  for (const direction of ["gradient", "polar"] as const) {
    const losses = lineSearchLosses(PROBLEM, { direction, steps: 20, start: START });
    assertEquals(losses.length, 21);
    for (let t = 1; t <= 20; t++) assert(losses[t] <= losses[t - 1] * (1 + ROUNDING));
    assert(losses[0] - losses[1] >= gains[direction] - ROUNDING);
  }
});

Deno.test("lineSearchLosses() has the best length: the loss along the direction has its minimum there", () => {
  const [before, after] = lineSearchLosses(PROBLEM, {
    direction: "gradient",
    steps: 1,
    start: START,
  });
  const gradient = PROBLEM.gradient(START);
  const lengths = Array.from({ length: 400 }, (_, i) => i / 100);
  const best = Math.min(...lengths.map((c) => PROBLEM.loss(scale(gradient, -c))));
  assert(after <= best + ROUNDING);
  assertAlmostEquals(after, best, 1e-4 * before); // the grid of lengths is this fine
});

Deno.test("lineSearchLosses() by conjugate gradients solves in as many steps as there are unknowns", () => {
  const a = KEY.fork("square").normal([6, 6]);
  const problem = matrixRegression(a, KEY.fork("one output").normal([6, 1]));
  const losses = lineSearchLosses(problem, {
    direction: "conjugate",
    steps: 12,
    start: matrix(6, 1),
  });
  assertLess(losses[12], 1e-15 * losses[0]);
});

Deno.test("lineSearchLosses() stays at a minimum, and refuses what it cannot use", () => {
  const solved = matrixRegression(matrix(2, 1, [1, 1]), matrix(2, 1, [0, 0]));
  const options = { direction: "polar", steps: 3, start: matrix(1, 1) } as const;
  assertEquals([...lineSearchLosses(solved, options)], [0, 0, 0, 0]);
  assertThrows(
    () =>
      lineSearchLosses(PROBLEM, { direction: "conjugate", steps: 1, start: START, momentum: 0.9 }),
    RangeError,
    "momentum is 0.9",
  );
  assertThrows(
    () => lineSearchLosses(PROBLEM, { direction: "newton" as "polar", steps: 1, start: START }),
    RangeError,
    'direction is "newton"',
  );
});
