/**
 * The modules on this machine that a notebook imports: they are loaded anew when they have changed.
 *
 * @module
 */
import { registerHooks } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where this package lies: its modules stay as they are. */
const OWN = new URL("../../", import.meta.url).href;

/** Milliseconds that changes are gathered: an editor writes a file in several steps. */
const GATHER = 50;

/** What a resolver of modules returns. */
type Resolved = { readonly url: string };

/** Resolves a module on behalf of another. */
type Next = (specifier: string, context: { readonly parentURL?: string }) => Resolved;

/** `registerHooks` of node:module, which the types lack. */
type Register = (hooks: {
  readonly resolve: (
    specifier: string,
    context: { readonly parentURL?: string },
    next: Next,
  ) => Resolved;
}) => void;

/** An address without what tells versions apart. */
function plain(url: string): string {
  return url.replace(/\?v=\d+$/, "");
}

/** Local modules, and who imports them. */
export class LocalModules {
  readonly #folder: URL;
  readonly #importers = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  readonly #folders = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #onChange: (cells: ReadonlySet<string>) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Takes part in the resolution of modules from here on.
   *
   * @param folder Folder of the notebook
   * @param onChange Told which cells import, by whatever way, a module that has changed
   */
  constructor(folder: string, onChange: (cells: ReadonlySet<string>) => void) {
    this.#folder = pathToFileURL(`${folder}/`);
    this.#onChange = onChange;
    (registerHooks as unknown as Register)({
      resolve: (specifier, context, next) => {
        const parent = plain(context.parentURL ?? "");
        const found = next(specifier, context);
        const url = plain(found.url);
        if (!this.#isLocal(url)) return found;
        this.#note(url, parent);
        const version = this.#versions.get(url);
        return version === undefined ? found : { ...found, url: `${url}?v=${version}` };
      },
    });
  }

  /** The address of what a cell imports. */
  resolve(specifier: string, cell: string): string {
    const { href } = new URL(specifier, this.#folder);
    if (this.#isLocal(href)) this.#note(href, `cell:${cell}`);
    return href;
  }

  /** Forgets what a cell imports. */
  forget(cell: string): void {
    for (const importers of this.#importers.values()) importers.delete(`cell:${cell}`);
  }

  /** Tells whether a module is one that its author may change beside the notebook. */
  #isLocal(url: string): boolean {
    return url.startsWith("file:") && !url.startsWith(OWN) && !url.includes("/node_modules/") &&
      !url.includes("/npm/registry.npmjs.org/");
  }

  #note(url: string, importer: string): void {
    const importers = this.#importers.get(url) ?? new Set();
    importers.add(importer);
    this.#importers.set(url, importers);
    this.#watch(dirname(fileURLToPath(url)));
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
    this.#timer = setTimeout(() => this.#tell(), GATHER);
  }

  /** Gives all that import a changed module a new version, and tells the cells among them. */
  #tell(): void {
    const found = new Set(this.#changed);
    this.#changed.clear();
    for (const url of found) {
      for (const importer of this.#importers.get(url) ?? []) found.add(importer);
    }
    const cells = [...found].filter((one) => one.startsWith("cell:"));
    for (const url of found) this.#versions.set(url, (this.#versions.get(url) ?? 0) + 1);
    if (cells.length > 0) this.#onChange(new Set(cells.map((one) => one.slice("cell:".length))));
  }
}
