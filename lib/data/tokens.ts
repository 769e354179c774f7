/**
 * Texts as sequences of tokens.
 *
 * @module
 */
import { cannot, checkChoice, checkOptions } from "../check.ts";

/** What a token is. */
export type TokenizeOptions = {
  /** "words": runs of letters; "characters": code points. */
  readonly unit: "words" | "characters";
  /** Whether upper and lower case stay apart; default `false` for words, `true` for characters. */
  readonly keepCase?: boolean;
};

/** A tokenised text. */
export type Tokens = {
  /** Index of each token's type, in the order of the text. */
  readonly tokens: Int32Array;
  /** The types, most frequent first, ties in the order of appearance. */
  readonly types: readonly string[];
  /** How often each type occurs; the sum is the number of tokens. */
  readonly counts: Int32Array;
};

/**
 * Splits a text into words or characters.
 *
 * **Definition** words are maximal runs of alphabetic code points, in lower case unless `keepCase`;
 * characters are code points, blanks and line ends included
 *
 * @param text The text
 * @param options The unit, and whether case is kept
 * @returns Tokens as indices into types, types by falling count, counts
 * @throws {RangeError} if the unit is not known or the text has no token
 * @throws {TypeError} if the text is not a string or `options` not a record of settings
 *
 * @example Words
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tokenize } from "resolvent";
 *
 * const { tokens, types, counts } = tokenize("A rose is a rose.", { unit: "words" });
 * assertEquals(types, ["a", "rose", "is"]);
 * assertEquals([...tokens], [0, 1, 2, 0, 1]);
 * assertEquals([...counts], [2, 2, 1]);
 * ```
 *
 * Source: Unicode Standard, property Alphabetic and default lower case.
 */
export function tokenize(text: string, options: TokenizeOptions): Tokens {
  const doing = "tokenize a text";
  if (typeof text !== "string") {
    throw new TypeError(cannot(doing, "text must be a string", "text", text));
  }
  checkOptions(doing, options);
  const unit = checkChoice(doing, "unit", options.unit, ["words", "characters"]);
  const { keepCase = unit === "characters" } = options;
  const cased = keepCase ? text : text.toLowerCase();
  const pieces = unit === "words" ? cased.match(/\p{Alphabetic}+/gu) ?? [] : Array.from(cased);
  if (pieces.length === 0) {
    throw new RangeError(
      cannot(doing, `there must be ${unit}`, "the length of the text", text.length),
    );
  }
  // Types by number, as they appear: each piece is looked up once.
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const tokens = new Int32Array(pieces.length);
  for (let t = 0; t < tokens.length; t++) {
    const known = numbers.get(pieces[t]);
    const type = known ?? numbers.size;
    if (known === undefined) numbers.set(pieces[t], counts.push(0) - 1);
    counts[type]++;
    tokens[t] = type;
  }
  // Sorting is stable: equal counts stay in the order of appearance.
  const order = Array.from(counts.keys()).sort((i, j) => counts[j] - counts[i]);
  const rank = new Int32Array(order.length);
  order.forEach((type, i) => rank[type] = i);
  const types = [...numbers.keys()];
  return {
    tokens: tokens.map((type) => rank[type]),
    types: order.map((type) => types[type]),
    counts: Int32Array.from(order, (type) => counts[type]),
  };
}
