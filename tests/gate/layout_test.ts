import { assert, assertEquals } from "@std/assert";
import { filesOf } from "./tree.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
const FILES = await filesOf(ROOT);

/** Longest file that a reader takes in at once; a longer one needs a reason here. */
const LINES = 300;

/** What the top level may hold. */
const TOP: ReadonlySet<string> = new Set([
  ".ci",
  ".gitignore",
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "deno.json",
  "deno.lock",
  "examples",
  "lib",
  "mod.ts",
  "notebooks",
  "tests",
]);

/** Folders of tests that mirror no folder of lib. */
const APART = /^tests\/(gate|lint|bench|references|support|std_assert)\//;

Deno.test("the top level holds nothing but what the layout names", () => {
  const top = new Set(FILES.map((path) => path.split("/")[0]));
  assertEquals([...top].filter((name) => !TOP.has(name)), []);
});

Deno.test("tests mirror lib path for path", () => {
  const tests = FILES.filter((path) => path.endsWith("_test.ts") && !APART.test(path));
  // Contracts of a family, laws that join several files, and the examples have no file of their own.
  const joint =
    /(^|[/_])(contracts?|laws|statistics|coverage|references|canary)_test\.ts$|^tests\/examples_test\.ts$/;
  const strays = tests.filter((path) => {
    if (joint.test(path)) return false;
    const source = path.replace(/^tests\//, "lib/").replace(/_test\.ts$/, ".ts");
    return !FILES.includes(source) && !FILES.includes(source.replace(/([^/]+)$/, "_$1"));
  });
  assertEquals(strays, []);
});

Deno.test("files are named in snake case and can be read at once", async () => {
  const modules = FILES.filter((path) => /^(lib|tests|examples)\/.*\.ts$/.test(path));
  assertEquals(modules.filter((path) => !/^[a-z0-9_/]+\.ts$/.test(path)), []);
  for (const path of modules) {
    const lines = (await Deno.readTextFile(`${ROOT}/${path}`)).split("\n").length - 1;
    assert(lines <= LINES, `${path} has ${lines} lines, ${LINES} are the limit`);
  }
});

Deno.test("lib has no default export", async () => {
  for (const path of FILES.filter((path) => /^(lib|examples)\/.*\.ts$/.test(path))) {
    const source = await Deno.readTextFile(`${ROOT}/${path}`);
    assert(!/^export default\b/m.test(source), `${path} has a default export`);
  }
});

Deno.test("rules of the linter are switched off only with a reason", async () => {
  for (const path of FILES.filter((path) => /^(lib|examples|tests)\/.*\.ts$/.test(path))) {
    if (path === "tests/gate/layout_test.ts") continue;
    const lines = (await Deno.readTextFile(`${ROOT}/${path}`)).split("\n");
    lines.forEach((line, at) => {
      if (!/deno-lint-ignore|@ts-(ignore|expect-error|nocheck)/.test(line)) return;
      const before = lines[at - 1] ?? "";
      const hasReason = / -- \w|@ts-[\w-]+ \w/.test(line) || /^\s*(\/\/|\*|\/\*\*)/.test(before);
      assert(hasReason, `${path}:${at + 1} switches a rule off without saying why`);
    });
  }
});
