/**
 * The modules on this disk that a module consists of, by content.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Compiler } from "./cell_syntax.ts";

/** One file that belongs to a module. */
export type LocalModule = {
  readonly file: URL;
  /** Path from the folder of the first module, so that a project may move. */
  readonly path: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
};

/** This library, whose source is told by its own hash. */
const LIBRARY = new URL("../../", import.meta.url);

/** Files that may import others. */
const CODE = /\.[cm]?[jt]sx?$/;

/** Where packages of a registry are kept. */
const PACKAGES = /\/node_modules\/|\/npm\/registry\./;

/** The file that a specifier means, or null where it means a package or something on the web. */
export function localFile(specifier: string, base: URL): URL | null {
  const url = addressOf(specifier, base);
  if (url?.protocol !== "file:" || PACKAGES.test(url.pathname)) return null;
  const isLibrary = url.href === new URL("mod.ts", LIBRARY).href ||
    url.href.startsWith(new URL("lib/", LIBRARY).href);
  if (isLibrary) return null;
  url.search = "";
  url.hash = "";
  return url;
}

/** The address of a specifier; null where the import map has none, of which the import will tell. */
function addressOf(specifier: string, base: URL): URL | null {
  if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, base);
  try {
    return new URL(/^[a-z][\w+.-]*:/i.test(specifier) ? specifier : import.meta.resolve(specifier));
  } catch {
    return null;
  }
}

/** The files of a local module: itself and what it imports from this disk, directly or not. */
export async function localModules(
  compiler: Compiler,
  doing: string,
  entry: URL,
): Promise<readonly LocalModule[]> {
  const found = new Map<string, LocalModule>();
  const folder = new URL(".", entry).pathname;
  const open = [entry];
  for (let file = open.pop(); file; file = open.pop()) {
    if (found.has(file.href)) continue;
    const path = decodeURIComponent(posix.relative(folder, file.pathname));
    const bytes = await bytesOf(doing, file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    found.set(file.href, { file, path, hash });
    if (!CODE.test(file.pathname)) continue;
    const { importedFiles } = compiler.preProcessFile(new TextDecoder().decode(bytes), true, true);
    for (const { fileName } of importedFiles) {
      const next = localFile(fileName, file);
      if (next !== null) open.push(next);
    }
  }
  return [...found.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Bytes of a module, refused where there is none. */
async function bytesOf(doing: string, file: URL): Promise<Uint8Array> {
  try {
    return await Deno.readFile(file);
  } catch (cause) {
    const need = "modules that fn imports must be readable";
    throw new Error(`Cannot ${doing} as ${need}: ${file.pathname} is not`, { cause });
  }
}

/** The first of some files that was written later than a moment, or null. */
export async function writtenAfter(
  modules: readonly LocalModule[],
  moment: Date,
): Promise<URL | null> {
  for (const { file } of modules) {
    const { mtime } = await Deno.stat(file);
    if (mtime === null || mtime >= moment) return file;
  }
  return null;
}
