/**
 * Results of long cells that last across restarts.
 *
 * @module
 */
import { cannot, checkOptions } from "../check.ts";
import { isRng } from "../random/rng.ts";
import { canonicalHash } from "../run/_canonical.ts";
import { KeptResults, resultsFolder } from "../run/_kept_results.ts";
import { pack, unpack } from "../run/_portable.ts";
import { compileTask, type Exports, LIBRARY, sourceOf } from "../run/_task.ts";
import { processStart } from "../run/clock.ts";
import { type KeptSource, readSource } from "./cached_source.ts";
import { callerAddress } from "./caller.ts";
import { shadowedName } from "./captured.ts";
import { loadCompiler } from "./cell_syntax.ts";
import { writtenAfter } from "./local_modules.ts";

/** Settings of {@linkcode cached}. */
export type CachedOptions = {
  /** Whether to compute again and put the new result in place of the kept one. Default: false. */
  readonly refresh?: boolean;
};

/** What is in a file: a packed result, and its hash, by which a changed byte is found. */
type Entry = { readonly hash: string; readonly result: unknown };

/** What a process remembers, also where this module is loaded twice. */
type State = {
  readonly stores: Map<string, KeptResults>;
  /** Packed results on their way, by folder and key. */
  readonly running: Map<string, Promise<unknown>>;
};

/** One call, read. */
type Call = {
  readonly name: string;
  readonly doing: string;
  readonly source: KeptSource;
  readonly library: Exports;
  readonly inputs: unknown;
};

/**
 * The result of `fn(inputs)`, computed once and kept on disk across restarts: what makes running a
 * notebook anew cheap although a cell takes long.
 *
 * **Definition** `cached(name, inputs, fn) = fn(inputs)`, kept under (name, values of the inputs,
 * source of `fn`, sources of the local modules that `fn` imports, this library and its lock file,
 * Deno, linear algebra, `RESOLVENT_BACKEND`); if one of these changes, it is computed again.
 *
 * `fn` gets all that it depends on through `inputs`: it is made anew from its source, in which only
 * exports of `resolvent` and globals are known beside its own names; it is refused where such a name
 * means something else in its surroundings, as far as Deno's inspector tells. What it needs from elsewhere it imports itself, as in `const { f } = await
 * import("./mine.ts")`, relative to the module that calls `cached`, or to the working directory in a
 * cell. Files so imported, and what they import from this disk, are noticed when they change; not
 * noticed are files and pages that `fn` reads, and packages whose address has no version and that no
 * lock file of the library names. If such a module has changed while this process runs, Deno may
 * still have the old one in memory: the result is then given but not kept, and a line says so.
 * Layout and comments of `fn` do not count.
 *
 * Results are kept in the folder that `RESOLVENT_RESULTS` names, else in `.resolvent/results` of the
 * working directory; deleting it forgets them all. Each caller gets its own copy. Calls with the same
 * key while one is on its way wait for it. If `fn` throws, nothing is kept; a damaged file is computed
 * again, and a line says so. The first call loads TypeScript, which takes a fifth of a second.
 *
 * @param name What is computed, in a few words; part of the key
 * @param inputs What `fn` depends on: plain data (numbers, texts, records, arrays, typed arrays,
 *   matrices) and random keys; the order of a record's fields does not count
 * @param fn A function of its inputs alone, that may be async; its result is of the same kinds
 * @param options `refresh` computes again
 * @returns A promise of the result
 * @throws {TypeError} (a rejection) if inputs or result are not plain data, or `fn` has no source
 * @throws {ReferenceError} (a rejection) if `fn` names what is around it, also
 *   under the name of an export
 * @throws {RangeError} (a rejection) if the name is empty, or `fn` imports by a computed address
 *
 * @example Computed once
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cached } from "resolvent/notebook";
 *
 * const folder = await Deno.makeTempDir();
 * Deno.env.set("RESOLVENT_RESULTS", folder);
 * const square = ({ x }: { x: number }) => ({ y: x * x, run: crypto.randomUUID() });
 * const first = await cached("square", { x: 3 }, square);
 * assertEquals(first.y, 9);
 * assertEquals(await cached("square", { x: 3 }, square), first);
 * assertEquals((await cached("square", { x: 4 }, square)).y, 16);
 * Deno.env.delete("RESOLVENT_RESULTS");
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * Source: memoisation by content, as in the persistent caches of marimo; no paper.
 */
export async function cached<I, T>(
  name: string,
  inputs: I,
  fn: (inputs: I) => T | Promise<T>,
  options: CachedOptions = {},
): Promise<T> {
  const base = callerAddress(import.meta.url);
  const { refresh = false } = checkOptions("keep a result", options);
  if (typeof name !== "string" || name.trim() === "") {
    throw new RangeError(cannot("keep a result", "its name must say something", "name", name));
  }
  const doing = `keep ${name}`;
  const text = sourceOf(doing, "fn", fn);
  const packed = copied(doing, "inputs", inputs); // now: the caller may change them afterwards
  const [compiler, library] = await Promise.all([loadCompiler(), import(LIBRARY)]);
  const exports = new Set(Object.keys(library));
  const source = await readSource(compiler, text, { doing, base, exports });
  await checkMeaning(doing, fn, source.names, library);
  const modules = source.modules.map(({ path, hash }) => [path, hash]);
  const key = canonicalHash(doing, ["cached", name, packed, source.shape, modules]);
  const result = await once(key, { name, doing, source, library, inputs: packed }, refresh);
  return unpack(structuredClone(result)) as T;
}

/** Refuses a function in whose place an export's or a global's name means something else. */
async function checkMeaning(
  doing: string,
  fn: unknown,
  names: readonly string[],
  library: Exports,
): Promise<void> {
  const globals = globalThis as unknown as Exports;
  const meant = names.map((name) => [name, name in library ? library[name] : globals[name]]);
  const name = await shadowedName(fn, Object.fromEntries(meant));
  if (name === null) return;
  const need = "names of exports and globals must mean these in fn (pass others in inputs)";
  throw new ReferenceError(`Cannot ${doing} as ${need}: ${name} means something else`);
}

/** Finds the packed result of a call, joins the same call on its way, or makes it. */
async function once(key: string, call: Call, refresh: boolean): Promise<unknown> {
  const { stores, running } = stateOf();
  const folder = resultsFolder() ?? `${Deno.cwd()}/.resolvent/results`;
  const place = `${folder}\n${key}`;
  const other = running.get(place);
  if (other !== undefined) return await other;
  if (!stores.has(folder)) stores.set(folder, storeIn(folder, call.doing));
  const store = stores.get(folder)!;
  const known = refresh ? null : kept(store, key, call);
  if (known !== null) return known.result;
  const result = made(store, key, call).finally(() => running.delete(place));
  running.set(place, result);
  return await result;
}

/** The folder of results, refused where it cannot be made. */
function storeIn(folder: string, doing: string): KeptResults {
  try {
    Deno.mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const need = "its folder must be writable, or RESOLVENT_RESULTS name another";
    throw new Error(`Cannot ${doing} as ${need}: ${folder} is not`, { cause });
  }
  return new KeptResults(folder);
}

/** What is kept of a call, or null; says so where it is damaged. */
function kept(store: KeptResults, key: string, { name, doing }: Call): Entry | null {
  const entry = store.get(key)?.value as Entry | undefined;
  if (entry !== undefined && isWhole(doing, entry)) return entry;
  if (store.has(key)) console.warn(`The kept result of ${name} is damaged: it is computed again`);
  return null;
}

/** Whether what was read is what was written. */
function isWhole(doing: string, entry: Entry): boolean {
  try {
    return canonicalHash(doing, entry.result) === entry.hash;
  } catch { // no plain data any more
    return false;
  }
}

/** Computes a result and keeps it. */
async function made(store: KeptResults, key: string, call: Call): Promise<unknown> {
  const { name, doing, source, library, inputs } = call;
  const run = compileTask(
    { label: name, text: source.text, functions: {}, values: {} },
    library,
  );
  const value = await run(unpack(inputs));
  const result = copied(doing, "the result", value);
  const changed = await writtenAfter(source.modules, processStart());
  if (changed === null) store.set(key, { hash: canonicalHash(doing, result), result });
  else {
    console.warn(
      `The result of ${name} is not kept: ${changed.pathname} has changed since this process began`,
    );
  }
  return result;
}

/** A packed copy of a value that shares nothing with it. */
function copied(doing: string, name: string, value: unknown): unknown {
  checkNoFunctions(doing, name, value);
  return structuredClone(pack(doing, name, value));
}

/** Refuses functions and symbols below a value; whatever else is wrong with it, packing tells. */
function checkNoFunctions(doing: string, name: string, value: unknown, depth = 0): void {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new TypeError(cannot(doing, "only plain data and random keys are kept", name, value));
  }
  const isLeaf = typeof value !== "object" || value === null || ArrayBuffer.isView(value) ||
    isRng(value) || depth > 200;
  if (isLeaf) return;
  for (const [key, field] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${name}[${key}]` : `${name}.${key}`;
    checkNoFunctions(doing, path, field, depth + 1);
  }
}

/** The state of this process. */
function stateOf(): State {
  const scope = globalThis as { [key: symbol]: State | undefined };
  return scope[Symbol.for("resolvent.cached")] ??= { stores: new Map(), running: new Map() };
}
