/**
 * Random cells for tests of laws: they define names as sums of others, or fail.
 *
 * @module
 */
import fc from "fast-check";

/** A cell: its source, and what it does with names as far as it parses and is let run. */
export type RandomCell = {
  readonly defines: readonly string[];
  readonly reads: readonly string[];
  readonly source: string;
};

/** Names that cells define and read. */
export const NAMES: readonly string[] = [..."abcdefgh"];

/** Cells that do not parse, throw, assign what is not theirs, or leave a name without a value. */
export const FAILING: readonly string[] = [
  "const = ;",
  "throw new Error('x')",
  "a = 1",
  "1; let b",
];

/** What a cell does with the sum on its last line, and the sum's own text. */
const ENDINGS: readonly ((sum: string) => string)[] = [
  (sum) => sum,
  (sum) => `console.log("sum", ${sum});`,
  (sum) => `console.log("sum", ${sum});\nconsole.error("and");\n${sum}`,
  (sum) => `if ((${sum}) % 2 === 0) console.log("even");`,
  (sum) => `if ((${sum}) % 3 === 0) throw new RangeError("a third");\n${sum}`,
  (sum) => `await new Promise((done) => setTimeout(done, 1));\n${sum}`,
];

/** A cell that defines names as sums of those that it reads; `ending` is what it ends in. */
function sumOf(
  defines: readonly string[],
  read: readonly string[],
  [number, ending]: readonly [number, number],
): RandomCell {
  const reads = read.filter((name) => !defines.includes(name));
  const sum = [number, ...reads].join(" + ");
  const definitions = defines.map((name, i) => `const ${name} = ${sum} + ${i};`);
  return { defines, reads, source: [...definitions, ENDINGS[ending](sum)].join("\n") };
}

/** Cells that define up to two names as sums of others, whose value is the sum. */
export function definition(names: readonly string[]): fc.Arbitrary<RandomCell> {
  const some = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 });
  return fc.tuple(some, some, fc.integer({ min: 0, max: 9 }))
    .map(([defines, reads, number]) => sumOf(defines, reads, [number, 0]));
}

/** Cells that define the name of their place as a sum of up to two names of places above. */
export function cellAt(place: number): fc.Arbitrary<RandomCell> {
  const above = NAMES.slice(0, place);
  const reads = above.length === 0
    ? fc.constant([])
    : fc.uniqueArray(fc.constantFrom(...above), { maxLength: 2 });
  const ending = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: ENDINGS.length - 1 }));
  return fc.tuple(reads, ending).map(([read, end]) => sumOf([NAMES[place]], read, end));
}

/** Cells as `cellAt`, and some that define or read any name, or fail. */
export function strayCellAt(place: number): fc.Arbitrary<RandomCell> {
  const name = fc.constantFrom(...NAMES);
  const stray = fc.tuple(name, name, fc.nat({ max: 9 })).map(([other, read, number]) =>
    sumOf([...new Set([NAMES[place], other])], [read], [number, 0])
  );
  const failing = fc.constantFrom(...FAILING).map((source) => ({ defines: [], reads: [], source }));
  return fc.oneof(
    { weight: 10, arbitrary: cellAt(place) },
    { weight: 2, arbitrary: stray },
    { weight: 1, arbitrary: failing },
  );
}

/** What is done to a notebook: the cell at a place is given a source, run, or deleted. */
export type RandomStep = {
  readonly place: number;
  readonly deed: "edit" | "run" | "delete";
  readonly cell: RandomCell;
};

/** A notebook, the order in which its cells are first run, and what is done then. */
export type RandomNotebook = {
  readonly cells: readonly RandomCell[];
  readonly order: readonly number[];
  readonly steps: readonly RandomStep[];
};

/** Notebooks of five to eight cells, as `cell` makes them, and 15 steps. */
export function notebook(
  cell: (place: number) => fc.Arbitrary<RandomCell>,
): fc.Arbitrary<RandomNotebook> {
  return fc.integer({ min: 5, max: 8 }).chain((size) => {
    const places = Array.from({ length: size }, (_, place) => place);
    const deed = fc.constantFrom<RandomStep["deed"]>("edit", "edit", "edit", "run", "delete");
    const step = fc.constantFrom(...places).chain((place) =>
      fc.record({ place: fc.constant(place), deed, cell: cell(place) })
    );
    return fc.record({
      cells: fc.tuple(...places.map(cell)),
      order: fc.shuffledSubarray(places, { minLength: size }),
      steps: fc.array(step, { minLength: 15, maxLength: 15 }),
    });
  });
}

/** Places of cells in an order in which each comes after those that it reads, where there is one. */
export function inDependencyOrder(cells: ReadonlyMap<number, RandomCell>): readonly number[] {
  const done: number[] = [];
  function visit(place: number, above: ReadonlySet<number>): void {
    if (done.includes(place) || above.has(place)) return;
    const { reads } = cells.get(place)!;
    for (const [other, { defines }] of cells) {
      if (defines.some((name) => reads.includes(name))) visit(other, new Set([...above, place]));
    }
    done.push(place);
  }
  for (const place of [...cells.keys()].toSorted()) visit(place, new Set());
  return done;
}
