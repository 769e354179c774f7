/**
 * The inputs of the papers' notebooks: a moved one changes the figure that follows it, to the one
 * that a script gives where the values stand in place of the inputs.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { Json, Message } from "../../lib/jupyter/messages.ts";
import { allNotebooks } from "../../lib/cli/find_notebook.ts";
import { readNotebook, textOf, writeNotebook } from "../../lib/notebook/ipynb.ts";
import { runNotebook } from "../../lib/notebook/run_notebook.ts";
import { notebookOf } from "../support/notebooks.ts";
import { KernelClient } from "./kernel_client.ts";
import { move, opened, outputsIn } from "./widgets.ts";

/** What a notebook's figure needs, what of it stands before a move, and moves with what stands after. */
type Case = {
  readonly cells: readonly string[];
  readonly before: RegExp;
  /** Place of the input among those of its cell, and the state that a page sends. */
  readonly moves: readonly (readonly [number, Json, RegExp])[];
  /** The values after all moves, as a script has them. */
  readonly values: string;
};

const START = ["guard", "imports", "settings"];

const CASES: Readonly<Record<string, Case>> = {
  "spectral-updates-when": {
    cells: [...START, "gradient-models", "try-inputs", "try-spectra"],
    before: /^st\(A\) = 3\.0, nr\(G\) = 4\d\.\d: the condition is for the spectral step$/,
    moves: [
      [2, { index: 0 }, /^st\(A\) = 3\.0, nr\(G\) = [4-9]\.\d: the condition/],
      [0, { index: 4 }, /^st\(A\) = 3\d\.\d, .* the spectral step$/], // SwiGLU has no mean
      [2, { index: 7 }, /^st\(A\) = 3\d\.\d, nr\(G\) = 2\d\.\d: .* the Euclidean step$/],
      [1, { value: 64 }, /^st\(A\) = 1\d\.\d, /],
    ],
    values: 'const triedActivation = "swiglu", triedWidth = 64, triedSteps = 100;',
  },
  "neural-tangent-kernel": {
    cells: [...START, "try-inputs", "try-kernels"],
    before: /^At depth 3 and width 64 networks are on average [3-4]\d\.\d % from their limit$/,
    moves: [
      [2, { index: 2 }, /^At depth 3 and width 256 networks are on average 1\d\.\d %/],
      [1, { value: 1 }, /^At depth 1 and width 256 networks are on average [7-9]\.\d %/],
      [0, { index: 1 }, /^At depth 1 and width 256 networks are on average [3-6]\.\d %/],
    ],
    values: 'const triedActivation = "erf", triedDepth = 1, triedWidth = 256;',
  },
  "low-rank-connectivity": {
    cells: [...START, "linear", "try-inputs", "try-spectra"],
    before: /^Kernel alignment 0\.4\d\d; weights of norm 1\.\d\d moved by \d\.\d\d$/,
    moves: [
      [0, { value: 30 }, /^Kernel alignment 0\.[67]\d\d; weights of norm 1\.\d\d moved by 0\./],
      [1, { value: 1 }, /^Kernel alignment 0\.9\d\d; weights of norm 5\.\d\d moved by 0\./],
      [0, { value: 8 }, /^Kernel alignment 0\.9\d\d; weights of norm 5\.\d\d moved by 2\./],
    ],
    values: "const triedRank = 8, triedGain = 1;",
  },
};

/** The figure that messages show, the only output of theirs: its title, and how it is drawn. */
function figureIn(messages: readonly Message[]): { readonly title: string; readonly svg: string } {
  const outputs = outputsIn(messages);
  assertEquals(outputs.length, 1, "one output follows the inputs");
  const data = outputs[0].data as Json;
  const [title, svg] = ["text/plain", "image/svg+xml"].map((type) => textOf(data[type] as string));
  assert(title.endsWith(" (figure)"), title);
  return { title: title.slice(0, -" (figure)".length), svg };
}

/** How a script draws the figure of some cells. */
async function drawnByScript(slug: string, sources: readonly string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await writeNotebook(`${folder}/tried.ipynb`, notebookOf(sources, slug));
    const { notebook, error } = await runNotebook(`${folder}/tried.ipynb`);
    assertEquals(error, null);
    const last = notebook.cells.at(-1)!;
    assert(last.cell_type === "code");
    const [output] = last.outputs;
    assert(output.output_type === "execute_result");
    return textOf(output.data["image/svg+xml"] as string);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const { slug, path } of await allNotebooks()) {
  Deno.test(`${slug}: moved inputs change the figure to that of a script with their values`, async () => {
    const { cells, before, moves, values } = CASES[slug];
    const sources = new Map(
      (await readNotebook(path)).cells.map(({ id, source }) => [id, textOf(source)]),
    );
    await using kernel = await KernelClient.start();
    let shown: readonly Message[] = [], inputs: readonly string[] = [];
    for (const id of cells) {
      const { reply, messages } = await kernel.run(sources.get(id)!, id);
      assertEquals(reply.status, "ok", `${id}: ${reply.evalue}`);
      shown = messages;
      if (id === "try-inputs") inputs = opened(messages);
    }
    assert(inputs.length >= 2, "at least two inputs");
    let figure = figureIn(shown);
    assertMatch(figure.title, before);
    for (const [input, state, after] of moves) {
      const next = figureIn(await move(kernel, inputs[input], state));
      assertMatch(next.title, after);
      assertNotEquals(next.svg, figure.svg);
      figure = next;
    }
    const script = cells.map((id) => id === "try-inputs" ? values : sources.get(id)!);
    assertEquals(figure.svg, await drawnByScript(slug, script));
  });
}
