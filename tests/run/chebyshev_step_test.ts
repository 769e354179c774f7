import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import { chebyshevStep, stagesFor } from "../../lib/run/chebyshev_step.ts";

Deno.test("chebyshevStep() is of order 2, whatever the number of stages", () => {
  const slope = (y: Float64Array) => y.map((v) => -(v ** 3)); // 1 / sqrt(1 + 2 t)
  for (const stages of [2, 5, 20]) {
    const errorOf = (steps: number) => {
      let y = Float64Array.of(1);
      for (let i = 0; i < steps; i++) {
        y = chebyshevStep(slope, {
          start: y,
          slopeAtStart: slope(y),
          length: 2 / steps,
          stages,
        }) as Float64Array<ArrayBuffer>;
      }
      return Math.abs(y[0] - 1 / Math.sqrt(5));
    };
    assertAlmostEquals(Math.log2(errorOf(40) / errorOf(80)), 2, 0.1, `${stages} stages`);
  }
});

Deno.test("chebyshevStep() is stable to the length for which stagesFor() gives its stages, and not much beyond", () => {
  const grown = (length: number, stages: number) => {
    const slope = (y: Float64Array) => y.map((v) => -v);
    const start = Float64Array.of(1);
    return Math.abs(chebyshevStep(slope, { start, slopeAtStart: slope(start), length, stages })[0]);
  };
  for (const length of [1, 10, 100, 1000, 10_000]) {
    const stages = stagesFor(length, 1);
    for (let share = 0.02; share <= 1; share += 0.02) assertLess(grown(share * length, stages), 1);
    assertLess(stages, 2 + 1.3 * Math.sqrt(length));
    assertGreater(grown(1.2 * 0.67 * (stages ** 2 - 1), stages), 1, "the interval ends");
  }
});
