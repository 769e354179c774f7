/**
 * The law of the kernel: after whatever was done, what is shown is what "restart and run all" shows.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  cellAt,
  inDependencyOrder,
  NAMES,
  notebook,
  type RandomCell,
  type RandomNotebook,
  strayCellAt,
} from "../support/random_notebooks.ts";
import { KernelClient } from "./kernel_client.ts";
import { Page } from "./page.ts";

/** The cell at a place of a notebook, as the kernel knows it. */
function idOf(place: number, notebook: number): string {
  return `place ${place} of ${notebook}`;
}

/**
 * What cells show, and the values of names, on a kernel that has not run them: each cell is run once,
 * after those that it reads. The kernel serves for many notebooks, as each gets names of its own.
 */
async function ranAnew(kernel: KernelClient, cells: ReadonlyMap<number, RandomCell>, at: number) {
  const page = new Page(kernel);
  const own = (text: string) => text.replace(/\b([a-h])\b/g, `$1_${at}`);
  const back = (text: string) => text.replaceAll(new RegExp(`_${at}\\b`, "g"), "");
  for (const place of inDependencyOrder(cells)) {
    await page.run(idOf(place, at), own(cells.get(place)!.source));
  }
  const values = await page.values(NAMES.map(own));
  return JSON.parse(back(JSON.stringify({ shown: page.shown(), values })));
}

/** What a page shows, and the values of names. */
async function seenOn(page: Page) {
  return { values: await page.values(NAMES), shown: page.shown() };
}

/** A page without cells on a kernel that has run those of the notebook before. */
async function emptyPage(kernel: KernelClient, notebook: number): Promise<Page> {
  const deletedCells = NAMES.map((_, place) => idOf(place, notebook - 1));
  await kernel.run("0", "probe", { silent: true, store_history: false }, { deletedCells });
  return new Page(kernel);
}

/** Runs a notebook's cells, then what is done; `run` and `drop` are told of each cell. */
async function play(
  { cells, order, steps }: RandomNotebook,
  { run, drop }: {
    readonly run: (place: number, cell: RandomCell) => Promise<void>;
    readonly drop: (place: number) => Promise<void>;
  },
): Promise<ReadonlyMap<number, RandomCell>> {
  const sources = [...cells], there = new Map<number, RandomCell>();
  for (const place of order) {
    there.set(place, cells[place]);
    await run(place, cells[place]);
  }
  for (const { place, deed, cell } of steps) {
    if (deed === "delete") {
      if (there.delete(place)) await drop(place);
      continue;
    }
    if (deed === "edit") sources[place] = cell;
    there.set(place, sources[place]);
    await run(place, sources[place]);
  }
  return there;
}

Deno.test("after any steps, outputs and values are those of restart and run all", async () => {
  await using live = await KernelClient.start();
  await using fresh = await KernelClient.start();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(notebook(strayCellAt), async (notebook) => {
      const page = await emptyPage(live, ++count);
      const there = await play(notebook, {
        run: (place, { source }) => page.run(idOf(place, count), source),
        drop: (place) => page.delete(idOf(place, count)),
      });
      const seen = await seenOn(page);
      assertEquals(seen, await ranAnew(fresh, there, count));
    }),
    { numRuns: 25, seed: 31 },
  );
});

/** When cells run: the cell at a place is always of one mode. */
type Mode = "auto" | "lazy" | "frozen";

/**
 * Which cells say that something has changed, by the law for it: a lazy cell and what reads it, as
 * soon as something above is another, and until they are asked for or what needs them is. Cells read
 * only cells above, so that the order of places is one of dependency.
 */
class Stale {
  readonly #modes: readonly Mode[];
  readonly #cells = new Map<number, RandomCell>();
  readonly now = new Set<number>();

  /** Begins without cells. */
  constructor(modes: readonly Mode[]) {
    this.#modes = modes;
  }

  /** A cell is run. */
  run(place: number, cell: RandomCell): void {
    const before = this.#owners();
    this.#cells.set(place, cell);
    const asked = new Set([place]);
    for (const one of asked) {
      for (const above of this.#owners().get(one)!) if (this.now.has(above)) asked.add(above);
    }
    this.#follow(before, asked);
  }

  /** A cell is deleted. */
  drop(place: number): void {
    const before = this.#owners();
    this.#cells.delete(place);
    this.now.delete(place);
    this.#follow(before, new Set());
  }

  /** The places that each cell reads from. */
  #owners(): ReadonlyMap<number, readonly number[]> {
    const owners = (reads: readonly string[]) =>
      reads.map((name) => NAMES.indexOf(name)).filter((place) => this.#cells.has(place));
    return new Map([...this.#cells].map(([place, { reads }]) => [place, owners(reads)]));
  }

  #follow(before: ReadonlyMap<number, readonly number[]>, asked: ReadonlySet<number>): void {
    const after = this.#owners(), changed = new Set(asked);
    for (const one of asked) this.now.delete(one);
    for (const place of [...this.#cells.keys()].toSorted()) {
      const owners = after.get(place)!;
      const isAnother = String(owners) !== String(before.get(place)) ||
        owners.some((owner) => changed.has(owner));
      if (!isAnother || asked.has(place) || this.#modes[place] === "frozen") continue;
      changed.add(place);
      const waits = this.#modes[place] === "lazy" || owners.some((owner) => this.now.has(owner));
      if (waits) this.now.add(place);
      else this.now.delete(place);
    }
  }
}

/** Names of the cells that say that something has changed. */
function saying(page: Page): readonly string[] {
  const entries = Object.entries(page.shown());
  return entries.filter(([, lines]) => lines.some((line) => line.includes("has changed: run it")))
    .map(([cell]) => cell);
}

Deno.test("exactly the lazy cells below a change say so; asked for, all is as after run all", async () => {
  await using live = await KernelClient.start();
  await using fresh = await KernelClient.start();
  const modes = fc.array(fc.constantFrom<Mode>("auto", "auto", "lazy", "lazy", "frozen"), {
    minLength: NAMES.length,
    maxLength: NAMES.length,
  });
  let count = 0, most = 0;
  await fc.assert(
    fc.asyncProperty(notebook(cellAt), modes, async (notebook, modes) => {
      const page = await emptyPage(live, ++count), law = new Stale(modes);
      const tags = (place: number) => modes[place] === "auto" ? [] : [modes[place]];
      function check(): void {
        assertEquals(saying(page), [...law.now].toSorted().map((one) => idOf(one, count)));
        most = Math.max(most, law.now.size);
      }
      async function run(place: number, cell: RandomCell): Promise<void> {
        await page.run(idOf(place, count), cell.source, tags(place));
        law.run(place, cell);
        check();
      }
      const there = await play(notebook, {
        run,
        async drop(place): Promise<void> {
          await page.delete(idOf(place, count));
          await page.values([]); // tells the kernel
          law.drop(place);
          check();
        },
      });
      for (const [place, cell] of [...there].toSorted(([a], [b]) => a - b)) {
        if (modes[place] === "frozen" || law.now.has(place)) await run(place, cell);
      }
      const seen = await seenOn(page);
      assertEquals(seen, await ranAnew(fresh, there, count));
    }),
    { numRuns: 25, seed: 32 },
  );
  assert(most >= 3, `at most ${most} cells were stale at once`);
});
