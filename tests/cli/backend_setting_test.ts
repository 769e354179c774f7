/**
 * Tests of `--backend`.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { writeNotebook } from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";
import { command, inFolder } from "./command.ts";

/** A notebook that computes with tensors. */
const TRAINS = notebookOf([
  'import { backend, matrix, toMatrix, toTensor } from "resolvent";',
  "const { name } = await backend();",
  "const product = await toMatrix(toTensor(matrix(1, 1, [3])).square());\n[name, product.data[0]].join();",
], "trains");

Deno.test("--backend says what computes with tensors, and the record tells", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/trains.ipynb`;
    await writeNotebook(path, TRAINS);
    const args = ["reproduce", path, "--out", `${folder}/out`];
    const record = async () => JSON.parse(await Deno.readTextFile(`${folder}/out/record.json`));
    const given = await command([...args, "--backend", "cpu"], { RESOLVENT_BACKEND: "wasm" });
    assertEquals([given.code, given.stderr], [0, ""]);
    assertStringIncludes(given.stdout, "\nTensors: float32 by cpu, products by ");
    const { backend, precision } = (await record()).provenance;
    assertEquals(
      [backend.name, backend.adapter, backend.features, backend.precision, backend.reason],
      ["cpu", null, [], "float32", "asked for by RESOLVENT_BACKEND"],
    );
    assertEquals(precision, "float64");
    assertStringIncludes(await Deno.readTextFile(`${folder}/out/trains.ipynb`), "cpu,9");
    const page = await Deno.readTextFile(`${folder}/out/trains.html`);
    assertStringIncludes(page, "<dt>Backend: reason</dt><dd>asked for by RESOLVENT_BACKEND</dd>");
    await command(args, { RESOLVENT_BACKEND: "wasm" });
    assertEquals((await record()).provenance.backend.name, "wasm");

    const executed = await command(["execute", path, "--backend", "cpu"]);
    assertEquals([executed.code, executed.stderr], [0, ""]);
    assertStringIncludes(await Deno.readTextFile(path), "cpu,9");
  });
});

Deno.test("a run that computes with no tensors records no backend", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/plain.ipynb`;
    await writeNotebook(path, notebookOf(["1 + 1"], "plain"));
    await command(["reproduce", path, "--out", folder, "--backend", "wasm"]);
    const record = JSON.parse(await Deno.readTextFile(`${folder}/record.json`));
    assertEquals([record.status, record.provenance.backend], ["complete", null]);
  });
});

Deno.test("--backend refuses a name that it does not know, and the help names those it does", async () => {
  for (const name of ["reproduce", "execute"]) {
    const { code, stderr } = await command([name, "spectral-updates-when", "--backend", "cuda"]);
    assertEquals(code, 2);
    assertStringIncludes(
      stderr,
      `Cannot ${name} as --backend must be one of "webgpu", "wasm", "cpu": --backend is "cuda"`,
    );
    const help = await command([name, "--help"]);
    assertStringIncludes(help.stdout.replaceAll(/\s+/g, " "), "webgpu, wasm or cpu (default: the");
  }
  const inherited = await command(["reproduce", "spectral-updates-when"], {
    RESOLVENT_BACKEND: "cuda",
  });
  assertEquals(inherited.code, 2);
  assertStringIncludes(inherited.stderr, '"cuda"');
});
