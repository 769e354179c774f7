import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { writeReport } from "../../lib/report/report.ts";
import { notebookOf } from "../support/notebooks.ts";
import { CATALOGUE, fixtureNotebook, RECORD } from "./fixture.ts";

const notebook = fixtureNotebook();

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeReport() writes a page for each notebook and the catalogue as index", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/in/spectral-demo.ipynb`;
    await Deno.mkdir(`${folder}/in`);
    await Deno.writeTextFile(path, JSON.stringify(notebook));
    const out = `${folder}/new/site`;
    const written = await writeReport([{ notebook: path, record: RECORD }], out, {
      catalogue: CATALOGUE,
    });
    assertEquals(written, [`${out}/spectral-demo.html`, `${out}/index.html`]);
    assertStringIncludes(
      await Deno.readTextFile(written[0]),
      '<a href="https://arxiv.org/abs/2512.04299">',
    );
    assertStringIncludes(await Deno.readTextFile(written[1]), 'href="spectral-demo.html"');
  });
});

Deno.test("writeReport() links pages that the folder holds already", async () => {
  await inFolder(async (folder) => {
    await writeReport([{ notebook }], folder, { catalogue: CATALOGUE });
    const [index] = await writeReport([], folder, { catalogue: CATALOGUE });
    assertStringIncludes(await Deno.readTextFile(index), 'href="spectral-demo.html"');
  });
});

Deno.test("writeReport() without a catalogue lists the pages alone, or writes no index", async () => {
  await inFolder(async (folder) => {
    const [, index] = await writeReport([{ notebook, record: RECORD }], folder);
    assertEquals((await Deno.readTextFile(index)).split("<li data-status=").length - 1, 1);
    assertEquals((await writeReport([{ notebook }], `${folder}/b`, { index: false })).length, 1);
  });
});

Deno.test("writeReport() names the paper and version that the claim file names", async () => {
  await inFolder(async (folder) => {
    const catalogue = {
      papers: [{
        slug: "spectral-updates-when",
        title: "When do spectral gradient updates help in deep learning?",
        theme: "spectral-updates",
        status: "partly" as const,
        declared: ["spectral-updates-when/one-hot"],
      }],
    };
    const page = { notebook: notebookOf(["# T"], "spectral-updates-when") };
    const [path] = await writeReport([page], folder, { catalogue });
    const html = await Deno.readTextFile(path);
    assertStringIncludes(html, "arXiv:2512.04299");
    assertStringIncludes(html, "Read: v1");
  });
});

Deno.test("writeReport() refuses what it cannot write, and says what is needed", async () => {
  await inFolder(async (folder) => {
    const file = `${folder}/file`;
    await Deno.writeTextFile(file, "");
    await assertRejects(
      () => writeReport([{ notebook }], `${file}/site`),
      Error,
      `Cannot write the report as its folder must be writable: the folder is "${file}/site"`,
    );
    await assertRejects(
      () => writeReport([{ notebook: notebookOf(["# T"]) }], folder),
      TypeError,
      "Cannot write a report page as its notebook must name its paper in metadata.resolvent.slug: it is undefined",
    );
    await assertRejects(
      () => writeReport([{ notebook }, { notebook }], folder),
      RangeError,
      "as each notebook needs its own slug",
    );
    await assertRejects(
      () => writeReport([{ notebook: { ...notebook, nbformat: 3 } as never }], folder),
      TypeError,
      "Cannot read a notebook",
    );
    await assertRejects(
      () => writeReport([], folder, { catalogue: `${folder}/none.json` }),
      TypeError,
      "Cannot read the catalogue as its file must hold JSON",
    );
    await assertRejects(
      () => writeReport([{ notebook: notebookOf(["# a $\\frac$"], "demo") }], folder),
      RangeError,
      "Cannot render cell 1 (id c1) of the notebook demo as every formula must be TeX",
    );
  });
});
