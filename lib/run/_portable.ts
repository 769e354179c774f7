/**
 * Values as they cross to a worker and back: plain data, with random keys as their state.
 *
 * @module
 */
import { cannot } from "../check.ts";
import { isRng, restoreRng } from "../random/rng.ts";
import type { RngState } from "../random/types.ts";

/** Marks a packed random key; no one names a field so by accident. */
const KEY_MARK = "\u0000resolvent-key";

/** Depth at which a value is taken to contain itself. */
const DEEPEST = 200;

/** Copies a value into data that can be cloned: random keys become marked states, views their own bytes. */
export function pack(doing: string, name: string, value: unknown, depth = 0): unknown {
  if (typeof value === "function" || typeof value === "symbol") {
    const need = "functions and symbols cannot be sent (name the function in given)";
    throw new TypeError(cannot(doing, need, name, value));
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) {
    throw new TypeError(`Cannot ${doing} as values must not contain themselves: ${name} does`);
  }
  if (isRng(value)) return { [KEY_MARK]: value.state };
  if (ArrayBuffer.isView(value)) return ownBytes(value);
  if (Array.isArray(value)) {
    return value.map((item, i) => pack(doing, `${name}[${i}]`, item, depth + 1));
  }
  const prototype = Object.getPrototypeOf(value);
  // a record made in another realm has that realm's Object.prototype
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const kind = value.constructor?.name ?? "an object of unknown class";
    throw new TypeError(cannot(doing, "only plain data can be sent", name, kind));
  }
  return Object.fromEntries(
    Object.entries(value).map((
      [key, field],
    ) => [key, pack(doing, `${name}.${key}`, field, depth + 1)]),
  );
}

/** Makes a packed value again: states become random keys. */
export function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if (KEY_MARK in value) return restoreRng(value[KEY_MARK] as RngState);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, unpack(field)]));
}

/** Rough number of bytes that a packed value holds. */
export function byteSize(value: unknown): number {
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + byteSize(item), 16);
}

/** Cloning a view clones its whole buffer, and a shared buffer is not cloned at all: copy the part seen. */
function ownBytes(view: ArrayBufferView): ArrayBufferView {
  if (view instanceof DataView) return view;
  const whole = view.byteLength === view.buffer.byteLength;
  if (whole && view.buffer instanceof ArrayBuffer) return view;
  return (view as Float64Array).slice();
}
