/**
 * What a cell is given by others, and how it is told that something else has come of them.
 *
 * @module
 */
import type { Link } from "./cell_graph.ts";
import type { CellResult } from "./compile_cell.ts";
import type { Cell, Held, Outcome } from "./dataflow_types.ts";

/** Version of a name: it changes whenever its readers have to look again. */
function versionOf({ moved, version }: Held, name: string): number {
  return moved[name] ?? version;
}

/** What a cell sees of the cells that own the names it reads: equal texts, nothing new. */
export function seenBy(links: readonly Link[], owners: readonly Cell[]): string {
  return JSON.stringify(links.map(({ name }, i) => [name, versionOf(owners[i].held, name)]));
}

/** Values of the names that a cell reads, by name. */
export function inputsOf(links: readonly Link[], owners: readonly Cell[]): Record<string, unknown> {
  return Object.fromEntries(links.map(({ name }, i) => {
    const { outcome } = owners[i].held;
    return [name, outcome.status === "value" ? outcome.names[name] : undefined];
  }));
}

/** Why a cell cannot run, where one that owns a name it reads has no value. */
export function blockedBy(
  links: readonly Link[],
  owners: readonly Cell[],
  label: (id: string) => string,
): Outcome | null {
  const at = owners.findIndex(({ held }) => held.outcome.status !== "value");
  if (at < 0) return null;
  const { id, held: { outcome } } = owners[at];
  if (outcome.status === "blocked") return outcome;
  const message = `did not run as ${links[at].name} of ${label(id)} failed`;
  return { status: "blocked", message, by: id };
}

/** What is held of a cell that ran elsewhere. */
export function knownHeld(names: CellResult["names"] | undefined, version: number): Held {
  const outcome: Outcome = names === undefined
    ? { status: "stale" }
    : { status: "value", names, value: undefined, warnings: [] };
  return { outcome, version, moved: {}, stale: names === undefined };
}

/**
 * Versions of names that a new run of a cell leaves as they were: imports of the same thing, and,
 * where only an input has moved, equal numbers and texts. Their readers need not run again.
 */
export function keptVersions(cell: Cell, outcome: Outcome): Record<string, number> {
  const before = cell.held.outcome;
  if (before.status !== "value" || outcome.status !== "value") return {};
  const kept = (cell.compiled?.names.defines ?? []).filter(({ name, kind }) => {
    const value = outcome.names[name];
    const isPlain = (typeof value !== "object" && typeof value !== "function") || value === null;
    const mayStay = kind === "import" || (cell.repeated && isPlain);
    return mayStay && name in before.names && Object.is(before.names[name], value);
  });
  return Object.fromEntries(kept.map(({ name }) => [name, versionOf(cell.held, name)]));
}
