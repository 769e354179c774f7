/**
 * The stages of the gate, in the order in which they run: the cheap ones first.
 *
 * @module
 */
import type { Outcome, Setting, Stage } from "./stage.ts";

/**
 * A stage whose code is loaded when it runs, so that a stage that runs alone, or first, does not
 * wait for what others need.
 */
function stage(
  name: string,
  title: string,
  limit: number,
  load: () => Promise<(setting: Setting) => Promise<Outcome>>,
): Stage {
  return { name, title, limit, run: async (setting) => await (await load())(setting) };
}

/** The whole gate. */
export const STAGES: readonly Stage[] = [
  stage(
    "fmt",
    "formatting of modules, pages and notebooks",
    20,
    async () => (await import("./format_and_lint.ts")).checkFormat,
  ),
  stage(
    "lint",
    "rules of Deno and of the house",
    30,
    async () => (await import("./format_and_lint.ts")).checkLint,
  ),
  stage(
    "imports",
    "imports in lib go one way",
    20,
    async () => (await import("./imports.ts")).checkImports,
  ),
  stage(
    "light",
    "mod.ts loads nothing heavy",
    20,
    async () => (await import("./lightness.ts")).checkLightness,
  ),
  stage(
    "docs",
    "every public name is documented",
    30,
    async () => (await import("./docstrings.ts")).checkDocs,
  ),
  stage(
    "cells",
    "notebooks joined to modules: types and rules",
    60,
    async () => (await import("./notebooks.ts")).checkCells,
  ),
  stage(
    "test",
    "tests, and the fences of the documentation",
    400,
    async () => (await import("./suite.ts")).checkTests,
  ),
  stage(
    "notebooks",
    "notebooks run in a fresh copy, also in Jupyter and on WebGPU, with the declared verdicts",
    600,
    async () => (await import("./notebooks.ts")).checkRuns,
  ),
  stage(
    "stored",
    "stored outputs, ledger and catalogue are current",
    60,
    async () => (await import("./notebooks.ts")).checkStored,
  ),
  stage(
    "names",
    "public names are those of the list",
    20,
    async () => (await import("./names.ts")).checkNames,
  ),
  stage("bench", "benches compile", 60, async () => (await import("./package.ts")).checkBenches),
  stage(
    "publish",
    "the package could be published",
    60,
    async () => (await import("./package.ts")).checkPublish,
  ),
  stage(
    "gate",
    "every stage above can fail",
    180,
    async () => (await import("./suite.ts")).checkGate,
  ),
];

const UNITS: Stage = stage(
  "units",
  "tests that start no program and no browser",
  120,
  async () => (await import("./suite.ts")).checkUnits,
);

const TYPES: Stage = stage(
  "types",
  "types of every module",
  60,
  async () => (await import("./package.ts")).checkTypes,
);

/** Picks stages by name, from the gate and the two that belong to its parts alone. */
export function pick(names: readonly string[]): readonly Stage[] {
  const all = [...STAGES, UNITS, TYPES];
  return names.map((name) => {
    const found = all.find((stage) => stage.name === name);
    if (found !== undefined) return found;
    const known = all.map((stage) => stage.name).join(", ");
    throw new RangeError(
      `Cannot run the gate as --only takes names of stages (${known}): it is ${name}`,
    );
  });
}

/** What `deno task test:unit` runs: under two minutes, with nothing but Deno. */
export const FAST: readonly string[] = [
  "fmt",
  "lint",
  "imports",
  "light",
  "docs",
  "names",
  "units",
];

/** What `deno task check` runs. */
export const STATIC: readonly string[] = ["fmt", "lint", "types"];
