import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { closeWorkers, firstInRegions, onWorkers, type Rng, rng } from "resolvent";
import fc from "fast-check";

const THIRDS = { first: [0, 1 / 3], second: [1 / 3, 2 / 3], third: [2 / 3, 1] } as const;

/** A uniform number that is its own coordinate. */
function uniformDraw(key: Rng): { value: number; at: number } {
  const [value] = key.uniform(1);
  return { value, at: value };
}

Deno.test("firstInRegions() keeps the first draw in each region, of forks by number", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const key = rng(seed);
      const draws = Array.from({ length: 200 }, (_, i) => key.fork(i).uniform(1)[0]);
      assertEquals(firstInRegions(key, { regions: THIRDS, draw: uniformDraw }), {
        first: draws.find((u) => u < 1 / 3)!,
        second: draws.find((u) => u >= 1 / 3 && u < 2 / 3)!,
        third: draws.find((u) => u >= 2 / 3)!,
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

Deno.test("firstInRegions() keeps the same value for a region whatever others are asked for", () => {
  const key = rng("alone");
  const together = firstInRegions(key, { regions: THIRDS, draw: uniformDraw });
  const { third } = firstInRegions(key, { regions: { third: THIRDS.third }, draw: uniformDraw });
  assertEquals(third, together.third);
});

Deno.test("firstInRegions() includes the lower edge alone, and takes infinite ones", () => {
  const coordinates = [2, -1e300, 1];
  const asked: string[][] = [];
  const values = firstInRegions(rng(1), {
    regions: { below: [-Infinity, 1], middle: [1, 2], above: [2, Infinity] },
    draw: (_, open) => {
      asked.push([...open]);
      return { value: open.length, at: coordinates[asked.length - 1] };
    },
  });
  assertEquals(values, { above: 3, below: 2, middle: 1 });
  assertEquals(Object.keys(values), ["below", "middle", "above"]);
  assertEquals(asked, [["below", "middle", "above"], ["below", "middle"], ["middle"]]);
});

Deno.test("firstInRegions() keeps a value for one region only, the first that is open", () => {
  let count = 0;
  const values = firstInRegions(rng(1), {
    regions: { wide: [0, 2], narrow: [0, 1] },
    draw: () => ({ value: ++count, at: 0.5 }),
  });
  assertEquals(values, { wide: 1, narrow: 2 });
});

Deno.test("firstInRegions() draws from the law given the region", () => {
  const squares = rng("law").split(2000).map((key) =>
    firstInRegions(key, {
      regions: { low: [0, 0.25] },
      draw: (draw) => {
        const [value] = draw.uniform(1);
        return { value, at: value ** 2 };
      },
    }).low
  );
  // Uniform on [0, 1/2): mean 1/4, of which 2000 have the standard error 0.0032.
  assertAlmostEquals(squares.reduce((sum, value) => sum + value, 0) / 2000, 0.25, 0.012);
});

Deno.test("firstInRegions() runs in a worker, with null for draws that it need not make", async () => {
  const search = onWorkers((key: Rng) =>
    firstInRegions(key, {
      regions: { low: [0, 0.5], high: [0.5, 1] },
      draw: (draw, open) => {
        const [u] = draw.uniform(1);
        return u < 0.5 && !open.includes("low") ? null : { value: u, at: u };
      },
    })
  );
  try {
    const { low, high } = await search(rng(4));
    assert(low < 0.5 && high >= 0.5);
    assertEquals(
      { low, high },
      firstInRegions(rng(4), {
        regions: { low: [0, 0.5], high: [0.5, 1] },
        draw: uniformDraw,
      }),
    );
  } finally {
    await closeWorkers();
  }
});

Deno.test("firstInRegions() names the regions never met", () => {
  let count = 0;
  const regions = { met: [0, 1], far: [5, 6], farther: [6, 7] } as const;
  const draw = (key: Rng) => ++count % 2 === 0 ? null : uniformDraw(key);
  assertThrows(
    () => firstInRegions(rng(1), { regions, draw, attempts: 20 }),
    Error,
    "Cannot draw a value in every region as each must be met within 20 draws: " +
      'what was never met is "far, farther"',
  );
  assertEquals(count, 20);
});

Deno.test("firstInRegions() refuses no region, empty ones, and draws without a coordinate", () => {
  const doing = "Cannot draw a value in every region as ";
  assertThrows(
    () => firstInRegions(rng(1), { regions: {}, draw: uniformDraw }),
    RangeError,
    `${doing}there must be regions`,
  );
  for (const edges of [[1, 1], [NaN, 1]] as const) {
    assertThrows(
      () => firstInRegions(rng(1), { regions: { a: edges }, draw: uniformDraw }),
      RangeError,
      `${doing}a region must be [low, high] with low below high: regions.a is [${edges[0]}, 1]`,
    );
  }
  assertThrows(
    () => firstInRegions(rng(1), { regions: THIRDS, draw: () => ({ value: 1, at: NaN }) }),
    RangeError,
    `${doing}a coordinate must be a number: at is NaN`,
  );
  assertThrows(
    () => firstInRegions(rng(1), { regions: THIRDS, draw: () => undefined as never }),
    TypeError,
    `${doing}draw must return { value, at } or null: a draw is undefined`,
  );
  assertThrows(
    () => firstInRegions(rng(1), { regions: THIRDS, draw: uniformDraw, attempts: 0 }),
    RangeError,
    `${doing}attempts must be an integer of at least 1: attempts is 0`,
  );
  assertThrows(
    () => firstInRegions(1 as never, { regions: THIRDS, draw: uniformDraw }),
    TypeError,
    "it needs a random key",
  );
});
