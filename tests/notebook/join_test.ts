import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { joinNotebook } from "../../lib/notebook/join.ts";
import { cellPlace } from "../../lib/notebook/line_map.ts";
import { notebookOf } from "../support/notebooks.ts";

const PATH = "/somewhere/a.ipynb";

/** The lines that cells become, without the marks around them. */
async function joined(sources: readonly string[]): Promise<string[]> {
  const { code, spans } = await joinNotebook(notebookOf(sources), { path: PATH });
  const lines = code.split("\n");
  return spans.map(({ firstLine, lines: count }) =>
    lines.slice(firstLine - 1, firstLine - 1 + count).join("\n")
  );
}

/** Cells, and what they become: V( stands for the call that takes the value. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a declaration", ["const a = 1;"], ["const a = 1;"]],
  ["a value", ["1 + 1"], ["V(1 + 1)"]],
  ["a value with a semicolon", ["a.b();"], ["V(a.b());"]],
  ["an awaited value", ["await f()"], ["V(await f())"]],
  ["a comment at the end", ["x // why\n/* more */"], ["V(x) // why\n/* more */"]],
  ["a comma", ["a, b"], ["V(a, b)"]],
  ["a template over lines", ["`a${x}\n b`"], ["V(`a${x}\n b`)"]],
  ["an arrow function", ["(x: number) => x"], ["V((x: number) => x)"]],
  ["an assignment", ["let t = 1;\nt = 2;"], ["let t = 1;\nV(t = 2);"]],
  ["a value before a declaration", ["5; const a = 1"], ["V(5); const a = 1"]],
  ["an earlier value", ["f();\ng();"], ["f();\nV(g());"]],
  ["an object", ["{ a: 1 }"], ["V({ a: 1 })"]],
  ["a block", ["{ const w = 1; w }"], ["{ const w = 1; V(w) }"]],
  ["a loop", ["for (const x of y) f(x);"], ["for (const x of y) V(f(x));"]],
  [
    "a branch",
    ["if (a) { b; } else c"],
    ["if (a) { V(b); } else V(c)"],
  ],
  ["functions within a value", ["x.map(() => { f(); })"], ["V(x.map(() => { f(); }))"]],
  ["types", ["type A = number;\ninterface B { a: A }"], ["type A = number;\ninterface B { a: A }"]],
  ["patterns", ["const { a, b: [c, ...d] } = f()"], ["const { a, b: [c, ...d] } = f()"]],
  ["nothing", ["", "// only a comment"], ["", "// only a comment"]],
  ["a class", ["class A {}\nnew A()"], ["class A {}\nV(new A())"]],
  ["an export", ["export const e = 1"], ["export const e = 1"]],
  [
    "an import that is repeated",
    ['import { a } from "m";', 'import { a, b as c } from "m";\na', 'import { a } from "m";\n2'],
    ['import { a } from "m";', 'import { b as c } from "m";\nV(a)', "\nV(2)"],
  ],
  [
    "an import over lines that is repeated",
    ['import d, { a } from "m";', 'import {\n  a,\n  type T,\n} from "m";\na'],
    ['import d, { a } from "m";', 'import { type T } from "m";\n\n\n\nV(a)'],
  ],
  [
    "an import for its effect",
    ['import "m";', 'import "m";'],
    ['import "m";', 'import "m";'],
  ],
  [
    "relative imports",
    ["import { a } from './x.ts';", "await import('../y.ts')"],
    ['import { a } from "file:///somewhere/x.ts";', 'V(await import("file:///y.ts"))'],
  ],
];

for (const [what, sources, expected] of CASES) {
  Deno.test(`joinNotebook() joins ${what}`, async () => {
    const found = (await joined(sources)).map((text) =>
      text.replace(/__cell\.value\(\(([^]*?)\)\)(?=[ ;\n}]|$)/g, "V($1)")
    );
    assertEquals(found, expected);
  });
}

const REFUSED: readonly (readonly [string, readonly string[], string])[] = [
  [
    "a name that two cells declare",
    ["const a = 1;", "\nfunction a() {}"],
    "each name must be declared once: a is declared in cell 1 (c1), line 1 and in cell 2 (c2), line 2",
  ],
  ["a name in two patterns", ["const { a } = x", "let [a] = y"], "a is declared in cell 1"],
  ["a type that two cells declare", ["type T = 1", "interface T {}"], "T is declared in cell 1"],
  [
    "one name imported from two modules",
    ['import { a } from "m"', 'import { a } from "n"'],
    "a is declared in cell 1",
  ],
  ["an import that a cell declares", ['import { a } from "m"', "const a = 1"], "a is declared"],
  [
    "a function used before its cell",
    ["f()", "function f() {}"],
    "f is used in cell 1 (c1), line 1 and declared in cell 2 (c2), line 1",
  ],
  ["an error of syntax", ["1", "# prose", "const = 2"], "each must parse: cell 2 (c3), line 1: "],
  ["an unfinished cell", ["f(1,"], "cell 1 (c1), line 1"],
  ["import.meta", ["import.meta.url"], "import.meta is not available in a cell"],
];

for (const [what, sources, message] of REFUSED) {
  Deno.test(`joinNotebook() refuses ${what}`, async () => {
    const error = await assertRejects(() => joined(sources), SyntaxError, message);
    assert(error.message.startsWith(`Cannot join the cells of ${PATH} as `), error.message);
  });
}

Deno.test("joinNotebook() lets a function be named that a later cell declares", async () => {
  const cells = await joined([
    "function g() { return f(); }",
    "const o = { f: 1 }",
    "function f() {}",
  ]);
  assertEquals(cells.length, 3);
});

Deno.test("joinNotebook() maps every character of a cell back to its place", async () => {
  const sources = ['import { a } from "m";', 'const x = 1;\n  f(x, "ab"); const y = 2;\n// end'];
  const { code, spans } = await joinNotebook(notebookOf(sources), { path: PATH });
  const lines = code.split("\n");
  sources.forEach((source, at) => {
    source.split("\n").forEach((line, row) => {
      const joinedRow = spans[at].firstLine + row;
      for (const word of line.matchAll(/[a-z]+/g)) {
        const column = lines[joinedRow - 1].search(new RegExp(`(?<!_[a-z.]*)\\b${word[0]}\\b`)) + 1;
        const first = line.search(new RegExp(`\\b${word[0]}\\b`)) + 1;
        assertEquals(cellPlace(spans, joinedRow, column), {
          cell: at + 1,
          id: `c${at + 1}`,
          line: row + 1,
          column: first,
        }, `${word[0]} in ${JSON.stringify(line)}`);
      }
    });
  });
  assertEquals(cellPlace(spans, 1), null);
  assertStringIncludes(lines[0], "marks.ts");
});
