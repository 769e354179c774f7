import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  leastSquares,
  matmul,
  powerLaw,
  powerLawRegression,
  rng,
  singularValues,
  subtract,
} from "resolvent";

/** Rounding of a decomposition of a 9 x 6 matrix of condition number 36. */
const ROUNDING = 1e-11;
const OPTIONS = { samples: 9, features: 6, outputs: 4, featureDecay: 2, teacherDecay: 0.5 };

Deno.test("powerLawRegression() has features and a teacher of the spectra asked for", () => {
  const { features, targets, start, spectrum } = powerLawRegression(rng(1), OPTIONS);
  const law = [1, 2, 3, 4, 5, 6].map((i) => i ** -2);
  singularValues(features).forEach((s, i) => assertAlmostEquals(s, law[i], ROUNDING));
  assertEquals([...spectrum], law);
  const teacher = singularValues(leastSquares(features, targets));
  teacher.forEach((s, j) => assertAlmostEquals(s, (j + 1) ** -0.5, ROUNDING));
  assertEquals(start.data.every((value) => value === 0), true);
});

Deno.test("powerLawRegression() shares features between kinds of targets and starts", () => {
  const one = powerLawRegression(rng(1), OPTIONS);
  const other = powerLawRegression(rng(1), { ...OPTIONS, targets: "gaussian", startSd: 2 });
  assertEquals(other.features, one.features);
  assertEquals(other.start.data.some((value) => value !== 0), true);
});

Deno.test("powerLawRegression() has the gradient's singular values from fewer frames", () => {
  for (const samples of [4, 6, 9]) {
    for (const targets of ["teacher", "gaussian"] as const) {
      for (const startSd of [0, 1]) {
        const options = { ...OPTIONS, samples, targets, startSd };
        const { gradientSpectrum } = powerLawRegression(rng(samples), options);
        const { features: a, targets: y, start: w } = powerLawRegression(rng(samples), options);
        const direct = singularValues(matmul(a, subtract(matmul(a, w), y), { transposeA: true }));
        assertEquals(gradientSpectrum.length, 4);
        const size = direct[0];
        gradientSpectrum.forEach((s, i) => assertAlmostEquals(s, direct[i], 1e-13 * size));
      }
    }
  }
});

Deno.test("powerLawRegression() gives the same arrays in whatever order they are asked for", () => {
  const first = powerLawRegression(rng(3), OPTIONS), second = powerLawRegression(rng(3), OPTIONS);
  const spectrum = first.gradientSpectrum;
  assertEquals(second.targets, first.targets);
  assertEquals(second.features, first.features);
  assertEquals(second.gradientSpectrum, spectrum);
  assertEquals(structuredClone(first).features, second.features);
});

Deno.test("powerLawRegression() refuses sizes, exponents and targets that it cannot use", () => {
  const refused = [
    [{ samples: 0 }, "samples must be an integer of at least 1: samples is 0"],
    [{ featureDecay: NaN }, "featureDecay must be a finite number: featureDecay is NaN"],
    [{ targets: "other" as "teacher" }, 'targets must be one of "teacher", "gaussian"'],
    [{ startSd: -1 }, "startSd must be a finite number at least 0"],
  ] as const;
  for (const [given, text] of refused) {
    assertThrows(() => powerLawRegression(rng(1), { ...OPTIONS, ...given }), RangeError, text);
  }
});

Deno.test("powerLaw() falls by two to the exponent over each doubling of the index", () => {
  const values = powerLaw(64, 1.7);
  for (let i = 1; i <= 32; i++) {
    assertAlmostEquals(values[i - 1] / values[2 * i - 1], 2 ** 1.7, 1e-14 * 4);
  }
  assertEquals([...powerLaw(3, 0)], [1, 1, 1]);
  assertEquals(powerLaw(0, 1).length, 0);
  assertThrows(() => powerLaw(-1, 1), RangeError, "length is -1");
  assertThrows(() => powerLaw(2, NaN), RangeError, "exponent is NaN");
});
