/**
 * Imports go one way: the order of the folders of lib, and no cycle between files.
 *
 * @module
 */
import ts from "typescript";
import { counted, type Outcome, type Setting } from "./stage.ts";
import { filesOf } from "./tree.ts";

/** The folders of lib in the order in which an experiment is written; `lib/*.ts` is the ground. */
export const LAYERS: readonly string[] = [
  "ground",
  "random",
  "linalg",
  "stats",
  "backend",
  "data",
  "initializers",
  "models",
  "optimizers",
  "ntk",
  "measure",
  "theory",
  "run",
  "claims",
  "plot",
  "notebook",
  "report",
  "jupyter",
  "cli",
];

/** Relative paths that a module names: what it imports, and files whose address alone it takes. */
export type Named = {
  /** Imported, statically or dynamically, as a type or as a value. */
  readonly imported: readonly string[];
  /** Of these, what is there when the module runs; a type may look back, for it is erased. */
  readonly loaded: readonly string[];
  /** Resolved against the module's own address, to be loaded by a worker. */
  readonly addressed: readonly string[];
};

/** The layer of a path in lib. */
function layerOf(path: string): string {
  const parts = path.split("/");
  return parts.length === 2 ? "ground" : parts[1];
}

/** Resolves a specifier against the path of the module that holds it. */
function resolvePath(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

/** What a module names, as paths from the root of the tree or, for packages, as written. */
export function namedBy(path: string, source: string): Named {
  const resolved = source.matchAll(
    /(?:import\.meta\.resolve\(\s*|new URL\(\s*)(["'`])(\.{1,2}\/[^"'`]+)\1/g,
  );
  function importedBy(text: string): readonly string[] {
    return ts.preProcessFile(text, true, true).importedFiles
      .map(({ fileName }) => resolvePath(path, fileName));
  }
  return {
    imported: importedBy(source),
    // The linter (verbatim-module-syntax) sees to it that types alone are imported like this.
    loaded: importedBy(source.replace(/^(import|export) type [^;]*;/gm, "")),
    addressed: [...resolved].map((match) => resolvePath(path, match[2])),
  };
}

/** Says what is wrong with one named path, or returns null. */
function faultOf(path: string, target: string, isImported: boolean): string | null {
  // A worker is given the address of mod.ts to load; no module of lib imports it.
  if (isImported && (target === "mod.ts" || /^(resolvent|@resolvent)(\/|$)/.test(target))) {
    return `${path} imports ${target}: inside lib, import the file that has the name`;
  }
  if (!target.startsWith("lib/")) return null;
  const [from, to] = [layerOf(path), layerOf(target)];
  if (LAYERS.indexOf(to) <= LAYERS.indexOf(from)) return null;
  return `${path} imports ${target}: ${from} comes before ${to} (order: ${LAYERS.join(", ")})`;
}

/** The modules of a cycle of imports, the first again at the end, or null. */
export function cycleOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  function visit(path: string, trail: readonly string[]): readonly string[] | null {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const target of imports.get(path) ?? []) {
      const cycle = visit(target, [...trail, path]);
      if (cycle !== null) return cycle;
    }
    done.add(path);
    return null;
  }
  for (const path of imports.keys()) {
    const cycle = visit(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** Checks the direction of every import of lib, and that none go in a circle. */
export async function checkImports({ root }: Setting): Promise<Outcome> {
  const named = new Map<string, Named>();
  for (const path of await filesOf(root)) {
    if (!/^lib\/.*\.tsx?$/.test(path)) continue;
    named.set(path, namedBy(path, await Deno.readTextFile(`${root}/${path}`)));
  }
  const unknown = [...new Set([...named.keys()].map(layerOf))]
    .filter((layer) => !LAYERS.includes(layer))
    .map((layer) => `lib/${layer} has no place in the order of tests/gate/imports.ts`);
  const down = [...named].flatMap(([path, { imported, addressed }]) => [
    ...imported.map((target) => faultOf(path, target, true)),
    ...addressed.map((target) => faultOf(path, target, false)),
  ]).filter((fault) => fault !== null);
  const cycle = cycleOf(new Map([...named].map(([path, { loaded }]) => [path, loaded])));
  const circle = cycle === null ? [] : [`Imports go in a circle: ${cycle.join(" -> ")}`];
  return counted(named.size, [...unknown, ...down, ...circle]);
}
