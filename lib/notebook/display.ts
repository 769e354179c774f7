/**
 * What a value looks like: its bundle of media types, as the Deno kernel would make it.
 *
 * @module
 */

/** Media types and their content, as the Jupyter protocol has them. */
export type Bundle = Record<string, unknown>;

const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

/** Text of a value without colours. */
export function plainText(value: unknown): string {
  return Deno.inspect(value, { colors: false });
}

/** Writes an element's text as a bundle, or null if the value is no element. */
function elementBundle(value: object): Bundle | null {
  const outer = (value as { outerHTML?: unknown }).outerHTML;
  if (typeof outer !== "string") return null;
  return { [outer.startsWith("<svg") ? "image/svg+xml" : "text/html"]: outer };
}

/** First bytes of a PNG and of a JPEG. */
const PICTURES: readonly (readonly [string, readonly number[]])[] = [
  ["image/png", [137, 80, 78, 71, 13, 10, 26, 10]],
  ["image/jpeg", [255, 216, 255]],
];

/** The bytes of a picture as a bundle, or null for anything else. */
function pictureBundle(value: object): Bundle | null {
  if (!(value instanceof Uint8Array)) return null;
  const found = PICTURES.find(([, head]) => head.every((byte, at) => value[at] === byte));
  return found ? { [found[0]]: value.toBase64() } : null;
}

/**
 * Bundle of a value: what its `Symbol.for("Jupyter.display")` method gives, the markup of an
 * element, or its text. Promises are awaited.
 */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const settled = await value;
  if (typeof settled !== "object" || settled === null) return { "text/plain": plainText(settled) };
  const method = (settled as { [DISPLAY]?: () => Bundle | Promise<Bundle> })[DISPLAY];
  if (typeof method === "function") return await method.call(settled);
  return elementBundle(settled) ?? pictureBundle(settled) ?? { "text/plain": plainText(settled) };
}
