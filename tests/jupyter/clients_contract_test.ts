/**
 * The kernel with clients of others: the suite for kernels, nbclient, papermill and the console.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { pythonProgram } from "../../lib/cli/python_program.ts";
import { formatNotebook, parseNotebook } from "../../lib/notebook/ipynb.ts";
import { fromFileUrl, notebookOf } from "../support/notebooks.ts";
import { requirement, succeeds } from "../support/requirements.ts";
import { outlines } from "./kernel.ts";
import { writeKernelspec } from "./lab.ts";

const HERE = fromFileUrl(new URL("./", import.meta.url));
const PACKAGES = "jupyter_kernel_test, nbclient, papermill, jupyter_console";

const clients = requirement(
  "the kernel with other clients",
  () => succeeds(pythonProgram("python3"), ["-c", `import ${PACKAGES}`]),
  "python3 -m pip install jupyter_kernel_test nbclient papermill jupyter_console",
);

/** Runs a program of Python in a folder where this kernel is installed. */
async function inFolder(
  program: string,
  args: readonly string[],
  { folder, input = "" }: { readonly folder: string; readonly input?: string },
): Promise<{ readonly code: number; readonly said: string }> {
  const process = new Deno.Command(pythonProgram(program), {
    args: [...args],
    cwd: folder,
    env: {
      JUPYTER_PATH: `${folder}/share`,
      JUPYTER_RUNTIME_DIR: `${folder}/run`,
      XDG_STATE_HOME: `${folder}/state`,
      NO_COLOR: "1",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const text = new TextDecoder();
  return { code, said: text.decode(stdout) + text.decode(stderr) };
}

/** Gives a folder with this kernel to `work`, and removes it. */
async function withKernelspec(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await writeKernelspec(`${folder}/share`);
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes a notebook of this kernel. */
async function write(path: string, sources: readonly string[]): Promise<void> {
  const notebook = notebookOf(sources, "clients");
  const kernelspec = { name: "resolvent", display_name: "Resolvent", language: "typescript" };
  const metadata = { ...notebook.metadata, kernelspec };
  await Deno.writeTextFile(path, formatNotebook({ ...notebook, metadata }));
}

/** Outputs of the code cells of a notebook. */
async function outputs(path: string): Promise<readonly (readonly string[])[]> {
  const { cells } = parseNotebook(await Deno.readTextFile(path), path);
  return cells.flatMap((cell) => cell.cell_type === "code" ? [outlines(cell)] : []);
}

Deno.test("jupyter_kernel_test: all of it", clients, async () => {
  await withKernelspec(async (folder) => {
    const args = [`${HERE}kernel_suite.py`, "resolvent"];
    const { code, said } = await inFolder("python3", args, { folder });
    assertEquals(code, 0, said);
    assertMatch(said, /Ran 12 tests/);
    assert(!/skipped/.test(said), said);
  });
});

Deno.test(
  "nbclient: results, errors and text of many cells, none lost or misplaced",
  clients,
  async () => {
    await withKernelspec(async (folder) => {
      const path = `${folder}/many.ipynb`;
      const count = 10_000;
      const cells = Array.from({ length: count }, (_, i) => `console.log("at", ${i});\n${i} * 7`);
      const flood = "for (let i = 0; i < 100_000; i++) console.log('line', i)";
      const updates = "await Deno.jupyter.display(0, { display_id: 'u' });\n" +
        "for (let i = 1; i <= 4000; i++) await Deno.jupyter.display(i, { display_id: 'u', update: true });";
      await write(path, [...cells, flood, updates]);
      const { code, said } = await inFolder("python3", ["-c", EXECUTE, path], { folder });
      assertEquals(code, 0, said);
      const shown = await outputs(path);
      const expected = Array.from(
        { length: count },
        (_, i) => [`stdout: at ${i}\n`, `execute_result: text/plain=${i * 7}`],
      );
      assertEquals(shown.slice(0, count), expected);
      const [[text], [last]] = shown.slice(count);
      assertEquals(text.split("\n").length, 100_001);
      assertMatch(text, /line 99999\n$/);
      assertMatch(last, /=4000$/);
    });
  },
);

/** Executes a notebook in place. */
const EXECUTE = `
import sys, nbformat
from nbclient import NotebookClient
path = sys.argv[1]
notebook = nbformat.read(path, 4)
NotebookClient(notebook, timeout=300, kernel_name="resolvent").execute()
nbformat.write(notebook, path)
`;

Deno.test("papermill runs a notebook", clients, async () => {
  await withKernelspec(async (folder) => {
    await write(`${folder}/in.ipynb`, ["const x = 2", "x * 21"]);
    const args = ["-m", "papermill", "in.ipynb", "out.ipynb"];
    const { code, said } = await inFolder("python3", args, { folder });
    assertEquals(code, 0, said);
    assertEquals((await outputs(`${folder}/out.ipynb`)).at(-1), ["execute_result: text/plain=42"]);
  });
});

Deno.test("jupyter console: a definition, its value, an error, the end", clients, async () => {
  await withKernelspec(async (folder) => {
    const args = ["-m", "jupyter_console", "--kernel=resolvent", "--simple-prompt"];
    const input = "const x = 6\nx * 7\nnope\nexit\n";
    const { said } = await inFolder("python3", args, { folder, input });
    assertMatch(said, /42/);
    assertMatch(said, /ReferenceError: nope is not defined/);
  });
});
