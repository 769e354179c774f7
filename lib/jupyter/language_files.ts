/**
 * Where TypeScript finds the types of what a notebook imports.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mapped, notebookConfig } from "./notebook_config.ts";

/** The folder from which a notebook imports, and what names its import map gives. */
export type ImportSettings = {
  /** Folder of the notebook. */
  readonly folder: string;
  /** Specifiers by name, as in deno.json; those of files absolute. */
  readonly imports: Readonly<Record<string, string>>;
  /** Folder in which Deno keeps packages; null where it is not known. */
  readonly cache: string | null;
};

/** Where packages lie in Deno's folder. */
const REGISTRY = "npm/registry.npmjs.org";

/** Finds the files of imports. */
export class ImportedFiles {
  readonly #settings: ImportSettings;

  constructor(settings: ImportSettings) {
    this.#settings = settings;
  }

  /** Path of the file that holds the types of an import; null where there is none to be found. */
  resolve(specifier: string, from: string): string | null {
    const found = mapped(this.#settings.imports, specifier);
    if (found.startsWith("file:")) return existing(fileURLToPath(found));
    if (/^\.{1,2}\//.test(found)) return existing(join(dirname(from), found));
    if (found.startsWith("/")) return existing(found);
    const name = found.startsWith("npm:") ? found.slice("npm:".length) : found;
    return /^[a-z]+:/.test(name) ? null : this.#packaged(name.replace(/^\//, ""), from);
  }

  /** Types of a package in Deno's cache: those that it brings, else those under `@types`. */
  #packaged(specifier: string, from: string): string | null {
    const [, name, version, inner = ""] =
      /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(\/.*)?$/.exec(specifier) ?? [];
    const { cache } = this.#settings;
    if (name === undefined || cache === null) return null;
    const beside = nodeModules(from, name);
    const folder = beside ?? newest(join(cache, REGISTRY, name), version);
    const own = folder === null ? null : typesOf(folder, inner);
    if (own !== null || name.startsWith("@types/")) return own;
    return this.#packaged(`@types/${name.replace("@", "").replace("/", "__")}${inner}`, from);
  }
}

/** A path if it is a file. */
function existing(path: string): string | null {
  try {
    return Deno.statSync(path).isFile ? path : null;
  } catch {
    return null;
  }
}

/** A package in a folder node_modules above a file, if it is there. */
function nodeModules(from: string, name: string): string | null {
  for (let folder = dirname(from); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existing(join(found, "package.json")) !== null) return found;
  }
  return null;
}

/** The folder of a version, of the newest that is there if none is asked for or it is a range. */
function newest(folder: string, version: string | undefined): string | null {
  try {
    const there = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => /^\d+\.\d+\.\d+/.test(name));
    const asked = there.find((name) => name === version);
    const [last] = there.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
    return asked ?? last ? join(folder, asked ?? last) : null;
  } catch {
    return null;
  }
}

/** Files in which a package may say its types lie. */
type Entry = string | { readonly [condition: string]: Entry } | null | undefined;

/** The file that holds the types of a package, or of a part of it. */
function typesOf(folder: string, inner: string): string | null {
  const path = existing(join(folder, "package.json"));
  if (path === null) return null;
  const manifest = JSON.parse(Deno.readTextFileSync(path)) as {
    readonly types?: string;
    readonly typings?: string;
    readonly main?: string;
    readonly exports?: Entry;
  };
  const { types, typings, main = "index.js", exports } = manifest;
  const parts = typeof exports === "object" && exports !== null ? exports : {};
  const part = parts[`.${inner}`] ?? (inner === "" ? exports : undefined);
  const named = inner === "" ? [types, typings, declared(part), main] : [declared(part), inner];
  for (const name of named) {
    if (name === undefined) continue;
    const file = join(folder, name);
    const beside = file.replace(/\.([cm]?)js$/, ".d.$1ts");
    const candidates = [/\.d\.[cm]?ts$/.test(file) ? file : beside, `${file}.d.ts`];
    const found = [...candidates, join(file, "index.d.ts")].map(existing).find((one) =>
      one !== null && /\.d\.[cm]?ts$/.test(one)
    );
    if (found) return found;
  }
  return null;
}

/** The types that an entry of `exports` names, those for import first. */
function declared(entry: Entry): string | undefined {
  if (typeof entry === "string") return entry;
  if (!entry) return undefined;
  for (const condition of ["types", "import", "module", "node", "default"]) {
    const found = declared(entry[condition]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Import settings for a notebook's folder, from the deno.json that holds for it. */
export function importSettings(folder: string): ImportSettings {
  const base = Deno.env.get("DENO_DIR") ??
    (Deno.env.get("HOME") === undefined ? null : join(Deno.env.get("HOME")!, ".cache", "deno"));
  return { folder, cache: base, imports: notebookConfig(folder).imports };
}
