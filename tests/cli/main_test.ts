import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writeNotebook } from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";
import { command, fixture, inFolder } from "./command.ts";

Deno.test("main() shows its commands, and ends with 2 at what it does not know", async () => {
  const help = await command(["--help"]);
  assertEquals(help.code, 0);
  for (const name of ["reproduce", "execute", "report", "notebook", "list", "check"]) {
    assertMatch(help.stdout, new RegExp(`\\n  ${name} `));
  }
  const unknown = await command(["reproduct"]);
  assertEquals(unknown.code, 2);
  assertStringIncludes(unknown.stderr, "error: Cannot read the command line: unknown command");
});

Deno.test("main() checks the cells of notebooks", async () => {
  await inFolder(async (folder) => {
    // without the library, at whose types the compiler would look for ten seconds
    await writeNotebook(`${folder}/good.ipynb`, notebookOf(["const a: number = 1;\na"]));
    const good = await command(["check", `${folder}/good.ipynb`]);
    assertEquals([good.code, good.stdout], [0, "1 notebooks: types and rules hold\n"]);
    await writeNotebook(`${folder}/bad.ipynb`, notebookOf(['const a: number = "x";\na']));
    const bad = await command(["check", `${folder}/bad.ipynb`]);
    assertEquals(bad.code, 1);
    assertStringIncludes(bad.stderr, "cell 1 (c1), line 1, column 7: TS2322");
  });
});

Deno.test("main() writes pages and an index", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/passing.ipynb`;
    await Deno.copyFile(fixture("passing"), path);
    assertEquals((await command(["execute", path])).code, 0);
    const { code, stdout } = await command(["report", path, "--out", `${folder}/pages`]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "2 pages: see ");
    const page = await Deno.readTextFile(`${folder}/pages/passing.html`);
    assertStringIncludes(page, "band-counterexample");
    const index = await Deno.readTextFile(`${folder}/pages/index.html`);
    assertStringIncludes(index, "When do spectral gradient updates help");
  });
});

Deno.test("main() says how to get a page of a notebook that has never run", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/passing.ipynb`;
    await Deno.copyFile(fixture("passing"), path);
    const { code, stdout, stderr } = await command(["report", path, "--out", `${folder}/pages`]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, "as a notebook must be executed first: it stores no outputs");
    assertStringIncludes(stderr, `(deno task execute ${path} runs it and stores them)`);
  });
});

Deno.test("main() says how to get Jupyter where it is missing", async () => {
  await inFolder(async (folder) => {
    const { code, stderr } = await command(["notebook"], {
      PATH: folder,
      VIRTUAL_ENV: "",
      CONDA_PREFIX: "",
    });
    assertEquals(code, 2);
    assertMatch(
      stderr,
      /^error: Cannot start JupyterLab as it must be installed: .*pip install.*\n$/,
    );
  });
});
