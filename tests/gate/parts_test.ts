import { assert, assertEquals } from "@std/assert";
import { fenceFault, fencesOf } from "./fences.ts";
import { cycleOf, namedBy } from "./imports.ts";
import { loadedWith } from "./lightness.ts";
import { hasMatrix, hasShape, parameterFaults, returnFaults } from "./signature.ts";
import { counted, said } from "./stage.ts";
import { failuresIn, summaryOf } from "./suite.ts";

Deno.test("summaryOf() reads the last summary, with steps and without", () => {
  assertEquals(summaryOf("ok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)"), {
    passed: 12,
    failed: 0,
    ignored: 1,
  });
  assertEquals(summaryOf("ok | 1 passed | 0 failed (1s)\nFAILED | 7 passed | 2 failed (1 step)"), {
    passed: 7,
    failed: 2,
    ignored: 0,
  });
  assertEquals(summaryOf("error: Type checking failed."), { passed: 0, failed: 0, ignored: 0 });
});

Deno.test("failuresIn() shows the errors, or how the process ended and its last lines", () => {
  assertEquals(failuresIn("a ... ok\n\n ERRORS \n\nb => c", 1), "ERRORS \n\nb => c");
  assertEquals(
    failuresIn("a ... ok\n\nok | 1 passed | 0 failed\n", 139),
    "deno test ended by signal 11 and told no failure; its last lines:\na ... ok\n\nok | 1 passed | 0 failed",
  );
});

Deno.test("fencesOf() finds fences of pages and of comments, with their lines", () => {
  assertEquals(fencesOf("a\n```sh\ndeno\n```\n"), [{ label: "sh", text: "deno", line: 2 }]);
  assertEquals(fencesOf("/**\n * ```ts\n * assert(1);\n * ```\n */"), [
    { label: "ts", text: "assert(1);", line: 2 },
  ]);
  assertEquals(fencesOf("```\nopen"), []);
});

Deno.test("fenceFault() refuses a fence without language, run or assertion", () => {
  const fence = { label: "ts", text: "assert(1);", line: 1 };
  assertEquals(fenceFault(fence), null);
  assertEquals(fenceFault({ ...fence, label: "sh", text: "deno" }), null);
  for (const label of ["", "ts ignore"]) assert(fenceFault({ ...fence, label }) !== null);
  assert(fenceFault({ ...fence, text: "f();" }) !== null);
});

Deno.test("namedBy() tells what is loaded from types and from addresses", () => {
  const named = namedBy(
    "lib/run/a.ts",
    [
      'import { x } from "../check.ts";',
      'import type { Y } from "./y.ts";',
      'export type { Z } from "./z.ts";',
      'const later = await import("./later.ts");',
      'const worker = new URL("./worker.ts", import.meta.url);',
      '// import "./comment.ts"',
    ].join("\n"),
  );
  assertEquals(named.loaded, ["lib/check.ts", "lib/run/later.ts"]);
  assertEquals([...named.imported].sort(), [
    "lib/check.ts",
    "lib/run/later.ts",
    "lib/run/y.ts",
    "lib/run/z.ts",
  ]);
  assertEquals(named.addressed, ["lib/run/worker.ts"]);
});

Deno.test("cycleOf() returns the way round, or null", () => {
  assertEquals(cycleOf(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), null);
  assertEquals(cycleOf(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
  assertEquals(cycleOf(new Map([["a", ["a"]]])), ["a", "a"]);
});

Deno.test("loadedWith() follows static imports and packages, not dynamic ones and types", () => {
  const loaded = loadedWith({
    roots: ["a"],
    modules: [
      {
        specifier: "a",
        dependencies: [
          { code: { specifier: "npm:p@1" } },
          { code: { specifier: "late" }, isDynamic: true },
          {},
        ],
      },
      { specifier: "npm:/p@1", npmPackage: "p@1" },
    ],
    redirects: { "npm:p@1": "npm:/p@1" },
    npmPackages: { "p@1": { name: "p", dependencies: ["q@2"] } },
  });
  assertEquals([...loaded.keys()], ["a", "npm:/p@1", "p@1", "q@2"]);
});

Deno.test("parameterFaults() compares names, order and stale tags with the signature", () => {
  const matrix = { kind: "typeRef", value: { typeName: "Matrix" } };
  const params = [
    { kind: "identifier", name: "a", tsType: matrix },
    {
      kind: "assign",
      left: {
        kind: "object",
        tsType: { kind: "typeLiteral", value: { properties: [{ name: "steps" }] } },
      },
    },
  ] as const;
  function faults(...tags: readonly (readonly [string, string])[]): readonly string[] {
    return parameterFaults(
      { tags: tags.map(([name, doc]) => ({ kind: "param", name, doc })) },
      params,
    );
  }
  assertEquals(faults(["a", "shape [n, d]"], ["options", "steps"]), []);
  assertEquals(
    faults(["a", "shape [n, d]"], ["options", "all"], ["options.steps", "how many"]),
    [],
  );
  assertEquals(faults(["a", "the matrix"], ["options", "steps"]).length, 1);
  assertEquals(faults(["options", "shape [n, d]"], ["a", "steps"]).length, 1);
  assertEquals(faults(["a", "shape [n, d]"]).length, 1);
  assertEquals(faults(["a", "shape [n, d]"], ["options", "x"], ["seed", "gone"]).length, 1);
  assertEquals(faults(["a", "shape [n, d]"], ["options", "x"], ["options.gone", "x"]).length, 1);
});

Deno.test("returnFaults() wants @returns unless nothing is returned", () => {
  const nothing = { repr: "void" };
  const later = { kind: "typeRef", value: { typeName: "Promise", typeParams: [nothing] } };
  const matrices = { kind: "array", value: { kind: "typeRef", value: { typeName: "Matrix" } } };
  const tags = [{ kind: "return", doc: "what comes" }];
  assertEquals(returnFaults({}, nothing), []);
  assertEquals(returnFaults({}, later), []);
  assertEquals(returnFaults({ tags }, nothing).length, 1);
  assertEquals(returnFaults({}, { repr: "number" }).length, 1);
  assertEquals(returnFaults({ tags }, matrices).length, 1);
  assert(hasMatrix(matrices));
  assert(!hasMatrix({ kind: "fnOrConstructor", value: { returnType: matrices } }));
  for (const text of ["shape `[n, d]`", "[rows, cols]", "an n x n matrix"]) assert(hasShape(text));
  assert(!hasShape("a matrix, in order [descending]"));
});

Deno.test("counted() takes one check for each fault, said() drops Deno's own stack", () => {
  assertEquals(counted(3, ["x"]).passed, 2);
  assertEquals(counted(0, ["x"]).passed, 0);
  const stderr = "error: no\n\nStack backtrace:\n   0: <unknown>\n";
  assertEquals(said({ code: 1, stdout: "", stderr }), "error: no");
});
