import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { readSource } from "../../lib/notebook/cached_source.ts";
import { loadCompiler } from "../../lib/notebook/cell_syntax.ts";

const compiler = await loadCompiler();
const BASE = new URL("file:///project/nb.ts");

/** Reads the source of a function that may name `svd`. */
function read(text: string, base: URL = BASE) {
  return readSource(compiler, text, { doing: "keep x", base, exports: new Set(["svd"]) });
}

/** Functions that name nothing of their surroundings. */
const CLOSED: readonly string[] = [
  "({ a }, b = a) => { const c = svd(a); return [c, ...b].map((d) => Math.abs(d)); }",
  "function self(n) { return n < 1 ? arguments.length : self(n - 1); }",
  "async () => { try { label: for (const a of []) break label; } catch (e) { throw e; } }",
  "() => { class A extends Array { b = new A(); #c = 1; d() { return this.#c; } } return A; }",
  "(a) => { for (var i = 0; a<b>(i); i++) var b = f; function f() { return i; } }",
  "() => ({ key: 1, method() {}, get got() { return undefined; } }).key?.other",
  "async () => (await import('node:fs')).existsSync",
];

Deno.test("readSource() takes functions that name their own, exports and globals", async () => {
  for (const text of CLOSED) assertEquals((await read(text)).text, `(${text}\n)`);
});

Deno.test("readSource() refuses what a function names of its surroundings", async () => {
  const table = {
    "(x) => scale * x": "scale is none",
    "(x) => { count += x; }": "count is none",
    "({ x }) => [x, other(y)]": "other, y are none",
    "(x) => ({ scale })": "scale is none",
    "(x) => typeof window": "window is none",
    "(x) => globalThis.scale": "globalThis is none",
    "(x) => arguments[0]": "arguments is none",
    "(x = y) => { const y = 1; }": "y is none",
    "(x) => eval(x)": "eval is none",
    "(x) => a < b > (x)": "a, b are none",
  };
  for (const [text, named] of Object.entries(table)) {
    await assertRejects(
      () => read(text),
      ReferenceError,
      "Cannot keep x as fn must name only its own, exports of resolvent and globals " +
        `(pass others in inputs, import modules within fn): ${named} of these`,
    );
  }
});

Deno.test("readSource() refuses addresses that are not written out", async () => {
  await assertRejects(
    () => read("async (x) => await import(x)"),
    RangeError,
    "so that changes are noticed: it has import(x)",
  );
  await assertRejects(() => read("() => import(`./${1}.ts`)"), RangeError, "written out");
});

Deno.test("readSource() resolves local modules, and keeps their place out of the shape", async () => {
  const path = await Deno.makeTempDir();
  try {
    const folder = pathToFileURL(`${path}/`);
    const mine = new URL("mine.ts", folder).href;
    await Deno.writeTextFile(new URL(mine), "export const f = 1;");
    const relative = await read('async () => (await import("./mine.ts")).f', folder);
    const whole = await read(`async () => (await import(${JSON.stringify(mine)})).f`);
    assertEquals(relative.text, whole.text);
    assertEquals(relative.shape, whole.shape);
    assertEquals(relative.modules.map(({ path }) => path), ["mine.ts"]);
    const twice = `async () => [await import("./mine.ts"), await import("./other.ts")]`;
    await assertRejects(() => read(twice, folder), Error, "must be readable");
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test("readSource() tells packages by their address", async () => {
  const one = await read('() => import("npm:a@1")'), other = await read('() => import("npm:a@2")');
  assertNotEquals(one.shape, other.shape);
  assertEquals(one.modules, []);
});
