/**
 * What the configuration nearest to a notebook says of imports and of JSX.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { JsxOptions } from "../notebook/strip_types.ts";

/** Imports by name, and how JSX is compiled. */
export type NotebookConfig = {
  /** Specifiers by name, as in deno.json; those of files absolute. */
  readonly imports: Readonly<Record<string, string>>;
  readonly jsx: JsxOptions;
};

/** Where this package lies. */
const PACKAGE = new URL("../../", import.meta.url).href;

/** Names that a notebook can import without saying where they are. */
const OWN = {
  "resolvent": `${PACKAGE}mod.ts`,
  "resolvent/notebook": `${PACKAGE}lib/notebook/notebook.ts`,
};

/** The part of a configuration that is used. */
type Config = {
  readonly imports?: Readonly<Record<string, string>>;
  readonly compilerOptions?: Readonly<Record<string, string>>;
};

/** Reads the configuration nearest to a folder; where there is none, only our own names are known. */
export function notebookConfig(folder: string): NotebookConfig {
  const path = nearest(folder);
  const { imports = {}, compilerOptions: jsx = {} } = path === null ? {} : readConfig(path);
  return {
    imports: { ...OWN, ...path === null ? {} : absolute(imports, path) },
    jsx: {
      // what keeps JSX as it is cannot run here
      jsx: jsx.jsx?.startsWith("react-jsx") || jsx.jsx === "precompile" ? "automatic" : "classic",
      ...jsx.jsxFactory && { jsxFactory: jsx.jsxFactory },
      ...jsx.jsxFragmentFactory && { jsxFragmentFactory: jsx.jsxFragmentFactory },
      ...jsx.jsxImportSource && { jsxImportSource: jsx.jsxImportSource },
    },
  };
}

/**
 * The import map with which the cells of a folder run, as an address: names of the notebook for its
 * own modules, and those of this package for this package's.
 */
export function importMapOf({ imports }: NotebookConfig): string {
  const path = PACKAGE.startsWith("file:") ? fileURLToPath(`${PACKAGE}deno.json`) : null;
  const own = path === null ? {} : absolute(readConfig(path).imports ?? {}, path);
  const map = { imports, scopes: { [PACKAGE]: own } };
  return `data:application/json,${encodeURIComponent(JSON.stringify(map))}`;
}

/** Imports with the files among them named from the root. */
function absolute(imports: NotebookConfig["imports"], path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(imports).map(([name, target]) => [
      name,
      /^\.{1,2}\//.test(target) ? new URL(target, pathToFileURL(path)).href : target,
    ]),
  );
}

/** What an import map makes of a specifier: the longest name that fits counts. */
export function mapped(imports: NotebookConfig["imports"], specifier: string): string {
  const fits = (name: string) =>
    name === specifier || (name.endsWith("/") && specifier.startsWith(name));
  const name = Object.keys(imports).filter(fits).sort((a, b) => b.length - a.length)[0];
  return name === undefined ? specifier : imports[name] + specifier.slice(name.length);
}

/** The nearest configuration, or null. */
function nearest(folder: string): string | null {
  for (let at = folder;; at = dirname(at)) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      const path = join(at, name);
      try {
        if (Deno.statSync(path).isFile) return path;
      } catch {
        // not here
      }
    }
    if (at === dirname(at)) return null;
  }
}

/** A configuration, comments left out; an unreadable one has nothing to say here. */
function readConfig(path: string): Config {
  const text = Deno.readTextFileSync(path).replace(/^\s*\/\/.*$/gm, "");
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
