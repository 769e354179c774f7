import { assertEquals, assertThrows } from "@std/assert";
import { keepFigures, keptFigureProblems, keptFigures } from "../../lib/cli/kept_figures.ts";
import type { Notebook } from "../../lib/notebook/ipynb.ts";
import { inFolder } from "./command.ts";

/** A notebook of one cell that shows `data` and asks for `file`. */
function showing(file: unknown, data: Readonly<Record<string, unknown>>): Notebook {
  return {
    cells: [
      { cell_type: "markdown", id: "text", metadata: {}, source: "# Text" },
      {
        cell_type: "code",
        id: "drawn",
        metadata: { resolvent: { file } },
        source: "figure",
        execution_count: 1,
        outputs: [
          { output_type: "stream", name: "stdout", text: "before" },
          { output_type: "display_data", data: { ...data }, metadata: {} },
        ],
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const SVG = { "image/svg+xml": ["<svg>\n", "</svg>\n"] };
const TEXT = "<!-- deno-fmt-ignore-file -->\n<svg>\n</svg>\n";

Deno.test("keptFigures() finds the figure of a cell that names a file", () => {
  assertEquals(keptFigures(showing("figure.svg", SVG)), [{ file: "figure.svg", text: TEXT }]);
  assertEquals(keptFigures(showing(undefined, SVG)), []);
});

Deno.test("keptFigures() refuses other names, and a cell without a figure", () => {
  for (const file of ["../figure.svg", "figure.png", "", 1]) {
    assertThrows(
      () => keptFigures(showing(file, SVG)),
      RangeError,
      "Cannot keep the figure of cell drawn as its metadata must name an SVG file beside the",
    );
  }
  assertThrows(
    () => keptFigures(showing("figure.svg", { "text/plain": "1" })),
    RangeError,
    "Cannot keep the figure of cell drawn as the cell must show one SVG figure: the number of its figures is 0",
  );
});

Deno.test("keepFigures() writes beside the notebook; keptFigureProblems() compares", () =>
  inFolder(async (folder) => {
    const path = `${folder}/paper.ipynb`;
    const notebook = showing("figure.svg", SVG);
    assertEquals(await keptFigureProblems(path, notebook), ["figure.svg is missing"]);
    await keepFigures(path, notebook);
    assertEquals(await Deno.readTextFile(`${folder}/figure.svg`), TEXT);
    assertEquals(await keptFigureProblems(path, notebook), []);
    await Deno.writeTextFile(`${folder}/figure.svg`, "another");
    const problems = await keptFigureProblems(path, notebook);
    assertEquals(problems, ["figure.svg is not the figure that it shows"]);
  }));
