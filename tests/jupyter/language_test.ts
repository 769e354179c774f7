import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { Language } from "../../lib/jupyter/language.ts";
import { ImportedFiles, importSettings } from "../../lib/jupyter/language_files.ts";

const FOLDER = fileURLToPath(new URL("../../notebooks", import.meta.url));
const language = await Language.open(importSettings(FOLDER));

/** Names that fit where `|` stands. */
function names(code: string, cell?: string): readonly string[] {
  const at = code.indexOf("|");
  return language.complete(code.replace("|", ""), at, cell).matches.map(({ text }) => text);
}

/** What is said of the place where `|` stands. */
function said(code: string): string | null {
  return language.inspect(code.replace("|", ""), code.indexOf("|"));
}

Deno.test("Language.complete() knows members by type, in this cell and from others", () => {
  language.remember("a", "const point = { width: 3, height: 4 };\nconst words = ['x'];");
  assertEquals(names("point.|"), ["height", "width"]);
  assertEquals(names("point.wi|"), ["width"]);
  assertEquals(names("words.toRev|"), ["toReversed"]);
  assertEquals(names("const own = new Map([[1, 'a']]); own.get(1)!.toUpp|"), ["toUpperCase"]);
  assert(names("Deno.readTextF|").includes("readTextFileSync"));
  assertEquals(names("1 + poi|")[0], "point");
});

Deno.test("Language.complete() replaces the word before the cursor", () => {
  const { start, end } = language.complete("const x = point.wid;", 19);
  assertEquals([start, end], [16, 19]);
  const astral = language.complete("'\u{1F600}'; point.he", 14);
  assertEquals([astral.start, astral.end, astral.matches[0].text], [12, 14, "height"]);
});

Deno.test("Language.remember() puts a new source for the cell's last; forget() takes it away", () => {
  language.remember("b", "const early = { one: 1 };");
  language.remember("b", "const late = { two: 2 };");
  assertEquals([names("late.|"), names("early.|")], [["two"], []]);
  assertEquals(names("const late = { three: 3 }; late.|", "b"), ["three"], "its own text counts");
  language.forget("b");
  assertEquals(names("late.|"), []);
});

Deno.test("Language.complete() follows imports of this library, and of packages where they are", () => {
  assert(names('import { mat| } from "resolvent"').includes("matmul"));
  assert(names('import { rng } from "resolvent"; rng(1).|').includes("normal"));
  assert(names('import fc from "fast-check"; fc.ass|').includes("assert"));
  assertEquals(names('import x from "npm:no-such-package"; x.|'), []);
});

Deno.test("Language.inspect() gives type and documentation, also of the function being called", () => {
  const text = said('import { stableRank } from "resolvent"; stable|Rank')!;
  assertStringIncludes(text, "stableRank(");
  assertStringIncludes(text, "Definition");
  assertStringIncludes(said("Math.max(1, |")!, "Math.max(...values: number[])");
  assertStringIncludes(said("const n = 1; n|")!, "const n: 1");
  assertEquals(said("   |"), null);
});

Deno.test("Language.completeness() tells what more text would mend", () => {
  const cases: readonly (readonly [string, string, string?])[] = [
    ["const a = 1", "complete"],
    ["", "complete"],
    ["function f() {", "incomplete", "  "],
    ["if (a) {\n  g([", "incomplete", "      "],
    ["const s = `one", "incomplete", ""],
    ["const s = `one ${two} three", "incomplete", ""],
    ["/* a comment", "incomplete", ""],
    ["const f = (a: number) =>", "incomplete", ""],
    ["const f = <T>(a: T) => a", "complete"],
    ["const b = <p>text</p>", "complete"],
    ["const s = 'one", "invalid"],
    ["const = 3; f(", "invalid"],
    ["a b c", "invalid"],
    ["}", "invalid"],
    ["await fetch('x')", "complete"],
  ];
  for (const [code, status, indent] of cases) {
    const found = language.completeness(code);
    assertEquals(
      [found.status, "indent" in found ? found.indent : undefined],
      [status, indent],
      code,
    );
  }
});

Deno.test("Language answers fast once it is warm", () => {
  const begin = performance.now();
  for (let i = 0; i < 10; i++) names(`const v${i} = [${i}]; v${i}.ma|`);
  assertLess((performance.now() - begin) / 10, 300, "ms each");
});

Deno.test("ImportedFiles.resolve() finds files, mapped names, packages and their types", () => {
  const files = new ImportedFiles(importSettings(FOLDER));
  const from = `${FOLDER}/a.ts`;
  assert(files.resolve("resolvent", from)!.endsWith("/mod.ts"));
  assert(files.resolve("resolvent/notebook", from)!.endsWith("/lib/notebook/notebook.ts"));
  assert(files.resolve("../lib/check.ts", from)!.endsWith("/lib/check.ts"));
  assert(files.resolve("fast-check", from)!.endsWith(".d.ts"));
  assert(files.resolve("npm:fast-check@4.10.2", from)!.endsWith(".d.ts"));
  for (
    const none of ["./none.ts", "npm:no-such-package", "jsr:@std/none", "node:fs", "https://x/y"]
  ) {
    assertEquals(files.resolve(none, from), null, none);
  }
});
