/**
 * The modules on this machine that a notebook imports: they are loaded anew when they have changed.
 *
 * @module
 */
import { registerHooks } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Compiler } from "../notebook/cell_syntax.ts";
import { mapped, type NotebookConfig } from "./notebook_config.ts";

/** Where this package lies: its modules stay as they are. */
const PACKAGE = new URL("../../", import.meta.url).href;

/** Milliseconds that changes are gathered: an editor writes a file in several steps. */
const GATHER = 50;

/** Resolves a module. */
type Resolve = (specifier: string, context: object) => { readonly url: string };

/** `registerHooks` of node:module, which the types lack. */
type Register = (hooks: {
  readonly resolve: (specifier: string, context: object, next: Resolve) => { readonly url: string };
}) => { readonly deregister: () => void };

/** What local modules need. */
export type LocalModulesOptions = {
  readonly compiler: Compiler;
  /** Folder of the notebook. */
  readonly folder: string;
  /** Its import map. */
  readonly imports: NotebookConfig["imports"];
  /** Told which cells import, by whatever way, a module that has changed. */
  readonly onChange: (cells: ReadonlySet<string>) => void;
};

/** Local modules, and who imports them. */
export class LocalModules {
  readonly #options: LocalModulesOptions;
  readonly #base: string;
  readonly #importers = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  readonly #folders = new Set<string>();
  readonly #changed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins without modules. */
  constructor(options: LocalModulesOptions) {
    this.#options = options;
    this.#base = pathToFileURL(`${options.folder}/`).href;
  }

  /** The address of what a cell imports, as the cell is to name it. */
  resolve(specifier: string, cell: string): string {
    const url = this.#urlOf(specifier, this.#base);
    if (url === null) return specifier;
    if (this.#isLocal(url)) this.#follow(url, `cell:${cell}`);
    return this.#versioned(url);
  }

  /** Forgets what a cell imports. */
  forget(cell: string): void {
    for (const importers of this.#importers.values()) importers.delete(`cell:${cell}`);
  }

  /** The address of a file that a specifier means, or null where it means no file. */
  #urlOf(specifier: string, from: string): string | null {
    const target = mapped(this.#options.imports, specifier);
    if (/^\.{0,2}\//.test(target)) return new URL(target, from).href;
    return target.startsWith("file:") ? target : null;
  }

  #versioned(url: string): string {
    const version = this.#versions.get(url);
    return version === undefined ? url : `${url}?v=${version}`;
  }

  /** Tells whether a module is one that its author may change beside the notebook. */
  #isLocal(url: string): boolean {
    return url.startsWith("file:") && !url.startsWith(PACKAGE) && !url.includes("/node_modules/");
  }

  /** Takes note of a module and of what it imports in turn. */
  #follow(url: string, importer: string): void {
    const known = this.#importers.get(url);
    if (known) return void known.add(importer);
    this.#importers.set(url, new Set([importer]));
    void this.#watch(dirname(fileURLToPath(url)));
    this.#followImports(url);
  }

  #followImports(url: string): void {
    let text: string;
    try {
      text = Deno.readTextFileSync(fileURLToPath(url));
    } catch {
      return; // importing it says what is wrong
    }
    for (const { fileName } of this.#options.compiler.preProcessFile(text).importedFiles) {
      const target = this.#urlOf(fileName, url);
      if (target !== null && this.#isLocal(target)) this.#follow(target, url);
    }
  }

  /** Watches a folder: an editor may replace a file, which ends a watch of the file itself. */
  async #watch(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    try {
      for await (const { kind, paths } of Deno.watchFs(folder, { recursive: false })) {
        if (kind === "access" || kind === "any") continue;
        for (const path of paths) this.#take(pathToFileURL(path).href);
      }
    } catch {
      this.#folders.delete(folder); // a folder that is gone has nothing to tell
    }
  }

  #take(url: string): void {
    if (!this.#importers.has(url)) return;
    this.#changed.add(url);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(), GATHER);
  }

  /** Gives all that import a changed module a new version, and tells the cells among them. */
  async #tell(): Promise<void> {
    const found = new Set(this.#changed);
    this.#changed.clear();
    for (const url of found) {
      this.#followImports(url);
      for (const importer of this.#importers.get(url) ?? []) found.add(importer);
    }
    const cells = [...found].filter((one) => one.startsWith("cell:"));
    const modules = [...found].filter((one) => !one.startsWith("cell:"));
    for (const url of modules) this.#versions.set(url, (this.#versions.get(url) ?? 0) + 1);
    if (cells.length === 0) return;
    await this.#load(modules);
    this.#options.onChange(new Set(cells.map((one) => one.slice("cell:".length))));
  }

  /**
   * Loads modules in their new versions. The hook that names these stands only meanwhile: where one
   * stands, Deno 2.9 fails to load some packages (a module that is required from CommonJS).
   */
  async #load(urls: readonly string[]): Promise<void> {
    const { deregister } = (registerHooks as unknown as Register)({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        return { ...found, url: this.#versioned(found.url) };
      },
    });
    try {
      await Promise.allSettled(urls.map((url) => import(this.#versioned(url)))); // cells say why not
    } finally {
      deregister();
    }
  }
}
