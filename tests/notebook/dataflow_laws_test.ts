import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Dataflow, type Outcome } from "../../lib/notebook/dataflow.ts";
import { definition, FAILING, NAMES } from "../support/random_notebooks.ts";

/** A source: names that it defines from names that it reads, or something that fails. */
const source = fc.oneof(
  {
    weight: 8,
    arbitrary: definition(NAMES.slice(0, 5)).map((cell) => cell.source),
  },
  { weight: 1, arbitrary: fc.constantFrom(...FAILING) },
);

/** What is done to a notebook: a cell is run with a source, again, or removed. */
const step = fc.tuple(
  fc.constantFrom("1", "2", "3", "4", "5"),
  fc.oneof({ weight: 6, arbitrary: source }, { weight: 1, arbitrary: fc.constant(null) }),
);

/** Outcomes as text that can be compared. */
function shown(outcomes: ReadonlyMap<string, Outcome>): Record<string, string> {
  return Object.fromEntries(
    [...outcomes].toSorted(([a], [b]) => a < b ? -1 : 1).map(([id, outcome]) => {
      const error = outcome.status === "error" ? String(outcome.error) : undefined;
      return [id, JSON.stringify({ ...outcome, error })];
    }),
  );
}

Deno.test("Dataflow equals restart and run all after any steps, and runs nothing twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const flow = await Dataflow.open();
      const sources = new Map<string, string>();
      for (const [id, text] of steps) {
        const ran = text === null ? await flow.remove(id) : await flow.run(id, text);
        if (text === null) sources.delete(id);
        else sources.set(id, text);
        assertEquals(new Set(ran.map((item) => item.id)).size, ran.length, "once each");
      }
      const fresh = await Dataflow.open();
      for (const [id, text] of [...sources].toSorted()) await fresh.run(id, text);
      assertEquals(shown(flow.outcomes()), shown(fresh.outcomes()));
    }),
    { numRuns: 150, seed: 5 },
  );
});

Deno.test("Dataflow gives each dependant the values of this run", async () => {
  const chain = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(chain, async (numbers) => {
      const flow = await Dataflow.open();
      // each cell adds what an earlier one holds, so that the sum is known without a dataflow
      const expected: number[] = [];
      for (const [i, number] of numbers.entries()) {
        const from = i === 0 ? -1 : number % i;
        await flow.run(`${i}`, `const v${i} = ${i === 0 ? "1" : `v${from} + ${number}`}; v${i}`);
        expected.push(i === 0 ? 1 : expected[from] + number);
      }
      await flow.run("0", "const v0 = 101; v0");
      const values = [...flow.outcomes().values()].map((it) => it.status === "value" && it.value);
      assertEquals(values, expected.map((value) => value + 100));
      assert(values.length === numbers.length);
    }),
    { numRuns: 20, seed: 6 },
  );
});
