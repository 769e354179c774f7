import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkNotebooks, shownProblem } from "../../lib/notebook/check_notebook.ts";
import { writeNotebook } from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";

/** Problems of notebooks of these cells, as lines. */
async function problems(...notebooks: readonly (readonly string[])[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = notebooks.map((_, at) => `${folder}/${at}.ipynb`);
    for (const [at, sources] of notebooks.entries()) {
      await writeNotebook(paths[at], notebookOf(sources));
    }
    const found = await checkNotebooks(paths);
    return found.map((problem) => shownProblem(problem).replaceAll(`${folder}/`, ""));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("checkNotebooks() finds errors of types and rules in their cells, and names that are not public", async () => {
  const good = ['import { matrix } from "resolvent";', "# prose", "matrix(1, 1).rows + 1"];
  const found = await problems(
    good,
    ["const a = 1;", 'const text: string = a;\n  f(a as number, "x");', "text.length"],
    ["const unused = 1;", "let never = 2;\nnever"],
    ['import { notAnExport } from "resolvent";\nnotAnExport'],
  );
  // one call for all, as each has the compiler look at the whole library
  const notPublic = found.filter((line) => line.startsWith("3.ipynb"));
  assertEquals(notPublic.length, 1);
  assertStringIncludes(notPublic[0], "3.ipynb: cell 1 (c1), line 1, column 10: TS2305");
  const others = found.filter((line) => !notPublic.includes(line));
  assertEquals(others.map((line) => line.split("\n")[0]), [
    "1.ipynb: cell 2 (c2), line 1, column 7: TS2322: Type 'number' is not assignable to type 'string'.",
    "1.ipynb: cell 2 (c2), line 2, column 3: TS2304: Cannot find name 'f'.",
    "2.ipynb: cell 1 (c1), line 1, column 7: no-unused-vars: `unused` is never used",
    "2.ipynb: cell 2 (c2), line 1, column 5: prefer-const: `never` is never reassigned",
  ]);
});

Deno.test("checkNotebooks() finds nothing where there is nothing", async () => {
  assertEquals(await checkNotebooks([]), []);
});
