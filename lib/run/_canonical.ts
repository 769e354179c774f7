/**
 * One text per value, and its SHA-256: what makes two sets of settings, or two calls, the same.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { cannot } from "../check.ts";

/** What takes the pieces of the text in turn: a hash. */
type Sink = { update(piece: string | Uint8Array): unknown };

/** Depth at which a value is taken to contain itself. */
const DEEPEST = 200;

/**
 * SHA-256, in hexadecimal, of a value's canonical form: record keys in order, fields that are
 * `undefined` left out, numbers by their shortest exact text (with -0, NaN and the infinities
 * told apart), typed arrays by kind and bytes, functions by their source.
 */
export function canonicalHash(doing: string, value: unknown): string {
  const hash = createHash("sha256");
  feed(doing, "the value", value, hash, 0);
  return hash.digest("hex");
}

/** Feeds one value; every piece begins with its kind, so that 1, "1" and 1n differ. */
function feed(doing: string, path: string, value: unknown, sink: Sink, depth: number): void {
  if (depth > DEEPEST) {
    throw new TypeError(`Cannot ${doing} as values must not contain themselves: ${path} does`);
  }
  switch (typeof value) {
    case "string":
      return void sink.update(`s${value.length}:${value};`);
    case "number":
      return void sink.update(`n${Object.is(value, -0) ? "-0" : value};`);
    case "function":
      return feed(doing, path, String(value), sink, depth);
    case "symbol":
      throw new TypeError(cannot(doing, "symbols have no text", path, value));
    case "object":
      return feedObject(doing, path, value, sink, depth);
    default:
      return void sink.update(`${typeof value}${String(value)};`);
  }
}

/** Feeds null, an array, a typed array or a record. */
function feedObject(
  doing: string,
  path: string,
  value: object | null,
  sink: Sink,
  depth: number,
): void {
  if (value === null) return void sink.update("null;");
  if (ArrayBuffer.isView(value)) {
    sink.update(`t${value.constructor.name}${value.byteLength}:`);
    // crypto copies from the view; a shared buffer's view is accepted as well
    sink.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return;
  }
  if (Array.isArray(value)) {
    sink.update(`[${value.length}`);
    value.forEach((item, i) => feed(doing, `${path}[${i}]`, item, sink, depth + 1));
    return void sink.update("]");
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const kind = value.constructor?.name ?? "an object of unknown class";
    throw new TypeError(cannot(doing, "values must be plain data", path, kind));
  }
  sink.update("{");
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key];
    if (field === undefined) continue;
    sink.update(`k${key.length}:${key}=`);
    feed(doing, `${path}.${key}`, field, sink, depth + 1);
  }
  sink.update("}");
}
