import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  frobeniusNorm,
  gaussianTeacher,
  numericalRank,
  rng,
  spikedRandomFeatures,
} from "resolvent";

Deno.test("gaussianTeacher() has entries of mean square 1/k whatever its rank", () => {
  const sizes = { features: 200, outputs: 150 };
  // relative deviation of the mean square: sqrt(2 / 30000) = 0.008; of rank 10, dominated by
  // P and Q, about sqrt(2 / 2000 + 2 / 1500) = 0.05
  for (const [rank, deviation] of [[undefined, 0.04], [10, 0.2]] as const) {
    const teacher = gaussianTeacher(rng(3), { ...sizes, rank });
    assertAlmostEquals(frobeniusNorm(teacher) ** 2 / 150, 1, deviation);
    assertEquals(numericalRank(teacher), rank ?? 150);
  }
});

Deno.test("gaussianTeacher() is the teacher of spikedRandomFeatures()", () => {
  const key = rng("teacher"), sizes = { features: 8, outputs: 5 };
  for (const teacherRank of [undefined, 2]) {
    const options = { model: "realizable", inputs: 4, samples: 9, ...sizes, teacherRank } as const;
    assertEquals(
      spikedRandomFeatures(key, options).teacher,
      gaussianTeacher(key.fork("output weights"), { ...sizes, rank: teacherRank }),
    );
  }
});

Deno.test("gaussianTeacher() refuses a rank beyond its sides", () => {
  assertThrows(
    () => gaussianTeacher(rng(1), { features: 4, outputs: 3, rank: 4 }),
    RangeError,
    "rank is 4",
  );
});
