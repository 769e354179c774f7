import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { bestQuintic, constantsFile, polarExpressFit } from "../../lib/linalg/polar_express_fit.ts";
import { POLAR_EXPRESS } from "../../lib/linalg/polar_express_coefficients.ts";

/** Agreement with the published list, which carries the rounding of its own fit. */
const PUBLISHED = 1e-9;

/** The list as printed in the paper and its code, arXiv:2505.16932. */
const PAPER = [
  [8.28721201814563, -23.595886519098837, 17.300387312530933],
  [4.107059111542203, -2.9478499167379106, 0.5448431082926601],
  [3.9486908534822946, -2.908902115962949, 0.5518191394370137],
  [3.3184196573706015, -2.488488024314874, 0.51004894012372],
  [2.300652019954817, -1.6689039845747493, 0.4188073119525673],
  [1.891301407787398, -1.2679958271945868, 0.37680408948524835],
  [1.8750014808534479, -1.2500016453999487, 0.3750001645474248],
  [1.875, -1.25, 0.375],
];

Deno.test("polarExpressFit() derives the published list", () => {
  const fit = polarExpressFit({ smallest: 1e-3, cushion: 0.02407327424182761, steps: 8 });
  for (const list of [fit, POLAR_EXPRESS]) {
    assertEquals(list.length, PAPER.length);
    PAPER.forEach((quintic, step) =>
      quintic.forEach((value, i) => assertAlmostEquals(list[step][i], value, PUBLISHED))
    );
  }
});

Deno.test("polarExpressFit() without a cushion begins with the other published polynomial", () => {
  const [[a, b, c]] = polarExpressFit({ smallest: 1e-3, cushion: 0, steps: 1 });
  // Known to six decimals.
  assertAlmostEquals(a, 8.470329, 1e-6);
  assertAlmostEquals(b, -25.108075, 1e-6);
  assertAlmostEquals(c, 18.629276, 1e-6);
});

Deno.test("bestQuintic() has an error that alternates on four points, so that none is better", () => {
  const low = 0.1, high = 1.3;
  const { quintic: [a, b, c], error } = bestQuintic(low, high);
  const extremes: number[] = [];
  let before = Math.sign(error);
  for (let i = 0; i <= 100_000; i++) {
    const x = low + (high - low) * i / 100_000;
    const off = 1 - (a * x + b * x ** 3 + c * x ** 5);
    assertLess(Math.abs(off), Math.abs(error) * (1 + 1e-9));
    // Grid of 1e-5 at an extreme: an error of second order.
    if (
      Math.abs(off) > Math.abs(error) * (1 - 1e-6) &&
      (extremes.length === 0 || Math.sign(off) !== before)
    ) {
      extremes.push(x);
      before = Math.sign(off);
    }
  }
  assertEquals(extremes.length, 4);
});

Deno.test("bestQuintic() approaches the classic quintic where the interval is a point", () => {
  const { quintic: [a, b, c] } = bestQuintic(2 * (1 - 1e-6), 2);
  assertAlmostEquals(a, 15 / 16, 1e-6);
  assertAlmostEquals(b, -10 / 64, 1e-6);
  assertAlmostEquals(c, 3 / 256, 1e-6);
});

Deno.test("constantsFile() is the file of constants as it is committed", async () => {
  const path = new URL("../../lib/linalg/polar_express_coefficients.ts", import.meta.url);
  assertEquals(constantsFile(), await Deno.readTextFile(path));
});

Deno.test("bestQuintic() refuses an interval without an upper end", () => {
  assertThrows(() => bestQuintic(0.1, NaN), Error, "Cannot fit a polynomial as");
});
