/**
 * The inputs of the papers' notebooks: a moved one changes the figure that follows it.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Json, Message } from "../../lib/jupyter/messages.ts";
import { allNotebooks } from "../../lib/cli/find_notebook.ts";
import { readNotebook } from "../../lib/notebook/ipynb.ts";
import { KernelClient } from "./kernel_client.ts";
import { move, opened } from "./widgets.ts";

/** What a notebook's figure needs, what of it stands before a move, and a move with what stands after. */
type Case = {
  readonly cells: readonly string[];
  readonly before: RegExp;
  /** Place of the input among those of its cell, and the state that a page sends. */
  readonly moves: readonly (readonly [number, Json, RegExp])[];
};

const START = ["guard", "imports", "settings"];

const CASES: Readonly<Record<string, Case>> = {
  "spectral-updates-when": {
    cells: [...START, "gradient-models", "try-inputs", "try-spectra"],
    before: /nr\(G\) = [2-9]\d\.\d: the condition is for the spectral/,
    moves: [
      [2, { value: 0 }, /nr\(G\) = [4-9]\.\d: the condition/],
      [0, { index: 3 }, /st\(A\) = [2-9]\d\.\d/], // tanh has no mean
    ],
  },
  "neural-tangent-kernel": {
    cells: [...START, "try-inputs", "try-kernels"],
    before: /^3 hidden layers: width 64 is \d+\.\d % from its limit$/,
    moves: [
      [1, { value: 1 }, /^1 hidden layers: width 64/],
      [2, { index: 3 }, /width 1024 is [0-9]\.\d %/],
    ],
  },
  "low-rank-connectivity": {
    cells: [...START, "linear", "try-inputs", "try-spectra"],
    before: /^Kernel alignment 0\.\d+, weights moved by \d\.\d\d$/,
    moves: [
      [0, { value: 30 }, /^Kernel alignment 0\.\d+, weights moved/],
      [1, { value: 1.5 }, /^Kernel alignment 0\.9\d+, weights moved/],
    ],
  },
};

/** The title of the last figure that messages show. */
function titleIn(messages: readonly Message[]): string | undefined {
  const text = JSON.stringify(messages.map(({ content }) => content)).replaceAll('\\"', '"');
  return [...text.matchAll(/<title[^>]*>([^<]+)<\/title>/g)].at(-1)?.[1]
    .replaceAll("&gt;", ">").replaceAll("&#x27;", "'");
}

for (const { slug, path } of await allNotebooks()) {
  Deno.test(`${slug}: moved inputs change the figure, and no more than it`, async () => {
    const { cells, before, moves } = CASES[slug];
    const sources = new Map(
      (await readNotebook(path)).cells.map(({ id, source }) => [id, [source].flat().join("")]),
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
    let title = titleIn(shown);
    assert(before.test(title ?? ""), title);
    for (const [input, state, after] of moves) {
      const messages = await move(kernel, inputs[input], state);
      const next = titleIn(messages);
      assert(after.test(next ?? ""), next);
      assertNotEquals(next, title);
      title = next;
    }
  });
}
