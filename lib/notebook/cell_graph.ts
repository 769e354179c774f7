/**
 * Which cell takes names from which, and what is wrong with that. It follows from the sources
 * alone, in whatever order cells were run.
 *
 * @module
 */
import type { CellNames } from "./cell_names.ts";

/** A name that a cell reads, and the cells that define it. */
export type Link = { readonly name: string; readonly owners: readonly string[] };

/** The cells and what joins them. */
export type CellGraph = {
  /** What each cell takes from others, in the order of its source. */
  readonly links: ReadonlyMap<string, readonly Link[]>;
  /** Why a cell may not run. */
  readonly faults: ReadonlyMap<string, string>;
  /** Values of other cells that a cell seems to change. */
  readonly warnings: ReadonlyMap<string, readonly string[]>;
};

/** Cells that are part of a circle, or read from one: those that are left when all others are taken away. */
function aroundCircles(links: ReadonlyMap<string, readonly Link[]>): ReadonlySet<string> {
  const readers = new Map<string, string[]>(), waits = new Map<string, number>();
  for (const [id, own] of links) {
    const owners = own.flatMap(({ owners }) => owners);
    waits.set(id, owners.length);
    for (const owner of owners) {
      const known = readers.get(owner);
      if (known) known.push(id);
      else readers.set(owner, [id]);
    }
  }
  const free = [...waits.keys()].filter((id) => waits.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    waits.delete(id);
    for (const reader of readers.get(id) ?? []) {
      const left = waits.get(reader)! - 1;
      waits.set(reader, left);
      if (left === 0) free.push(reader);
    }
  }
  return new Set(waits.keys());
}

/** The shortest way from a cell back to itself, as `A reads x of B`. */
function cycleOf(
  id: string,
  links: ReadonlyMap<string, readonly Link[]>,
  label: (id: string) => string,
): string[] | null {
  const seen = new Set<string>();
  let ways: { at: string; steps: string[] }[] = [{ at: id, steps: [] }];
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { at, steps } of ways) {
      for (const { name, owners } of links.get(at) ?? []) {
        for (const owner of owners) {
          const further = [...steps, `${label(at)} reads ${name} of ${label(owner)}`];
          if (owner === id) return further;
          if (!seen.has(owner)) next.push({ at: owner, steps: further });
          seen.add(owner);
        }
      }
    }
    ways = next;
  }
  return null;
}

/**
 * The graph of cells.
 *
 * @param cells Names of each cell by its id; null for one that does not parse
 * @param label What to call a cell
 */
export function cellGraph(
  cells: ReadonlyMap<string, CellNames | null>,
  label: (id: string) => string,
): CellGraph {
  const owners = new Map<string, string[]>();
  for (const [id, names] of cells) {
    for (const { name } of names?.defines ?? []) {
      const known = owners.get(name);
      // sorted, so that messages do not tell in which order cells were run
      owners.set(name, known === undefined ? [id] : [...known, id].sort());
    }
  }
  const links = new Map<string, readonly Link[]>();
  const faults = new Map<string, string>();
  const warnings = new Map<string, readonly string[]>();
  for (const [id, names] of cells) {
    const own = new Set(
      [...(names?.reads ?? []), ...(names?.writes ?? [])].map(({ name }) => name),
    );
    links.set(
      id,
      [...own].flatMap((name) => owners.has(name) ? [{ name, owners: owners.get(name)! }] : []),
    );
    warnings.set(
      id,
      (names?.mutates ?? []).flatMap(({ name }) =>
        (owners.get(name) ?? []).map((owner) =>
          `${name} of ${label(owner)} is changed here: cells that read it are not run again`
        )
      ),
    );
  }
  const circles = aroundCircles(links);
  for (const [id, names] of cells) {
    const twice = names?.defines.find(({ name }) => owners.get(name)!.length > 1);
    const written = names?.writes.find(({ name }) => owners.has(name));
    const cycle = circles.has(id) ? cycleOf(id, links, label) : null;
    if (twice) {
      const where = owners.get(twice.name)!.map(label).sort().join(" and ");
      faults.set(
        id,
        `Cannot run the cell as a name has one definition: ${twice.name} is in ${where}`,
      );
    } else if (written) {
      const owner = label(owners.get(written.name)![0]);
      faults.set(
        id,
        `Cannot run the cell as only ${owner} may assign its names: ${written.name} is assigned here`,
      );
    } else if (cycle) {
      faults.set(id, `Cannot run the cell as cells may not go in a circle: ${cycle.join(", ")}`);
    }
  }
  return { links, faults, warnings };
}

/** Cells that a cell reads from, by whatever way; only `through` those for which it is true. */
export function cellsAbove(
  id: string,
  links: CellGraph["links"],
  through: (id: string) => boolean = () => true,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const owner of (links.get(at) ?? []).flatMap(({ owners }) => owners)) {
      if (owner === id || found.has(owner) || !through(owner)) continue;
      found.add(owner);
      waiting.push(owner);
    }
  }
  return found;
}

/** Cells and all that read from them, by whatever way. */
export function cellsBelow(
  roots: ReadonlySet<string>,
  links: CellGraph["links"],
): ReadonlySet<string> {
  const readers = new Map<string, string[]>();
  for (const [id, own] of links) {
    for (const owner of own.flatMap(({ owners }) => owners)) {
      readers.set(owner, [...(readers.get(owner) ?? []), id]);
    }
  }
  const found = new Set(roots);
  for (const id of found) for (const reader of readers.get(id) ?? []) found.add(reader);
  return found;
}
