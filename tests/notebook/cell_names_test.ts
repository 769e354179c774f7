import { assertEquals } from "@std/assert";
import { cellNames } from "../../lib/notebook/cell_names.ts";
import { loadCompiler } from "../../lib/notebook/cell_syntax.ts";

const compiler = await loadCompiler();

/** Names of a cell in short: defined, read, assigned, changed; a colon before types. */
function short(source: string): string {
  const { defines, types, reads, writes, mutates } = cellNames(compiler, source);
  const groups = [defines, reads, writes, mutates, types];
  return groups.map((group) => group.map(({ name }) => name).join(" ")).join("|")
    .replace(/\|+$/, "");
}

/** Cells, and "defines | reads | writes | mutates | types". */
const CASES: readonly (readonly [string, string, string])[] = [
  ["a constant", "const a = b + 1", "a | b"],
  ["patterns", "const { a, b: [c, ...d], [k]: e = f } = g", "a c d e | k f g"],
  ["shadowing", "{ const x = 1; x } x", "| x"],
  ["a parameter", "const f = (x, { y = z }) => x + y", "f | z"],
  [
    "a parameter's default outside of the body",
    "function f(a = x) { var x = 1; return x }",
    "f | x",
  ],
  ["hoisting of functions", "f(); function f() { return g }", "f | g"],
  ["hoisting of var", "x; if (c) { var x = 1 }", "x | c"],
  ["functions of blocks", "{ function f() {} } f", "| f"],
  [
    "classes",
    "class A extends B { [k] = v; #p = 1; m() { return A } static { w } }",
    "A | B k v w",
  ],
  ["class expressions", "const C = class D { m() { return D } }; D", "C | D"],
  ["closures", "const f = () => () => a", "f | a"],
  ["catch", "try { a } catch ({ message }) { message } finally { message }", "| a message"],
  ["labels", "here: for (;;) { break here }", ""],
  ["for heads", "for (const i of is) i; for (let j = k; j; j++); i", "| is k i"],
  ["a for head that assigns", "for (x of xs) f(x); for (y.a in z);", "| xs f x y z | x | y"],
  ["shorthand", "const o = { a, b: c, [d]: 1, e() { return f } }", "o | a c d f"],
  ["types", "type T = A; interface I extends B {} let x: C = y as D<typeof E>", "x | y ||| T I"],
  ["generics", "const f = <T extends U>(x: T): V<T> => g<W>(x); f<number>", "f | g"],
  ["enums", "enum E { A = x, B = A << 1 } E.A", "E | x"],
  ["namespaces", "namespace N { export const a = b; a } namespace T { type X = 1 }", "N | b ||| T"],
  ["declare", "declare const q: number; q", "| q"],
  ["overloads", "function f(a: string): void;\nfunction f(a: any) { a; b }", "f | b"],
  ["parameter properties", "class A { constructor(private x = y, @dec z: T) { x } }", "A | y dec"],
  ["JSX", "const v = <Foo a={b} {...c}><div>{d}</div><N.M /></Foo>", "v | React Foo b c d N"],
  ["templates", "`${a}${`${b}`}`; t`x${c}`", "| a b t c"],
  ["optional chains", "a?.b?.[c]?.(d)", "| a c d"],
  ["arguments", "function f() { arguments; () => arguments } () => arguments", "f | arguments"],
  ["getters", "const o = { get a() { return b }, set a(v) { v } }", "o | b"],
  [
    "imports",
    'import d, { a as b, type T } from "m"; import * as n from "n"; import type { U } from "u"',
    "d b n |||| T U",
  ],
  ["dynamic imports", "const m = await import(u); import.meta.url", "m | u"],
  ["exports", "export const a = 1; export { b as c }; export { d } from 'm'", "a | b"],
  [
    "assignments",
    "a = 1; b += 2; c++; [d, e.f, ...g] = h; ({ i, j: k = l, ...m } = n)",
    "| b c e h l n | a b c d g i k m | e",
  ],
  ["own assignments", "let a = 1; a = 2; const f = () => a++", "a f"],
  [
    "changes",
    "a.b = 1; c[i] = 2; delete d.e; f.g.push(1); Object.assign(h, j)",
    "| a c i d f Object h j || a c d f h",
  ],
  ["changes of own values", "const a = []; a.push(1); (b) => b.push(1)", "a"],
  [
    "methods that change if dropped",
    "x.add(y); const z = u.add(v); w.add(1)",
    "z | x y u v w || x",
  ],
  ["changes through types", "(a as any).b = 1; c!.d++", "| a c || a c"],
  ["an object", "{ a, b: 1 }", "| a"],
  ["using", "await using r = f(); using s = g()", "r s | f g"],
  ["switch", "switch (a) { case b: let x = 1; default: x }", "| a b"],
  ["new.target and this", "function F() { new.target; this.a = 1 }", "F"],
  ["satisfies", "const a = b satisfies T", "a | b"],
];

for (const [title, source, expected] of CASES) {
  Deno.test(`cellNames() finds the names of a cell with ${title}`, () => {
    assertEquals(short(source), expected.replace(/ *(\|+) */g, "$1"));
  });
}

Deno.test("cellNames() says how and where a name is defined", () => {
  const source =
    "import i from 'm';\nvar v; let l; const c = 1; function f() {}\nclass K {} enum E {}";
  const { defines } = cellNames(compiler, source);
  const kinds = {
    i: "import",
    v: "var",
    l: "let",
    c: "const",
    f: "function",
    K: "class",
    E: "enum",
  };
  assertEquals(Object.fromEntries(defines.map(({ name, kind }) => [name, `${kind}`])), kinds);
  for (const { name, start } of defines) assertEquals(source.slice(start, start + 1), name);
  assertEquals(cellNames(compiler, "{ aa, b }").reads, [{ name: "aa", start: 2 }, {
    name: "b",
    start: 6,
  }]);
});
