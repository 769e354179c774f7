/**
 * The cells of a notebook, in their order, as the body of a page.
 *
 * @module
 */
import { type Notebook, textOf } from "../notebook/ipynb.ts";
import type { Highlight } from "./highlight.ts";
import { anchorOf } from "./html.ts";
import { freeAnchor, type Markdown, type Outline } from "./markdown.ts";
import type { Maths } from "./maths.ts";
import { renderOutput } from "./outputs.ts";
import { secondsText } from "./provenance.ts";
import { anchorVerdicts } from "./verdict_cards.ts";

/** What turns the parts of a cell into HTML. */
export type Renderers = {
  /** Markdown to HTML. */
  readonly markdown: Markdown;
  /** Code to HTML. */
  readonly highlight: Highlight;
  /** TeX to MathML. */
  readonly maths: Maths;
};

/** What else the cells of a page need. */
export type CellsOptions = {
  /** What turns the parts of a cell into HTML. */
  readonly renderers: Renderers;
  /** The notebook, in the words of an error message. */
  readonly name: string;
  /** How long the cells took, by id. */
  readonly seconds: ReadonlyMap<string, number>;
};

/** Cells that took less are not worth a word. */
const NOTED_SECONDS = 0.1;

/** Code cells with more lines than this begin closed. */
const OPEN_LINES = 8;

/** Renders all cells; headings and verdict anchors are entered into `outline`. */
export function renderCells(
  notebook: Notebook,
  outline: Outline,
  { renderers, name, seconds }: CellsOptions,
): string {
  let codes = 0;
  return notebook.cells.map((cell, at) => {
    const where = `cell ${at + 1} (id ${cell.id}) of ${name}`;
    const id = freeAnchor(outline.anchors, `cell-${anchorOf(cell.id)}`);
    if (cell.cell_type === "markdown") {
      const source = textOf(cell.source);
      const context = { where, outline, attachments: attachmentsOf(cell.attachments ?? {}) };
      const html = renderers.markdown(source, context);
      return html.trim() === "" ? "" : `<div class="cell prose" id="${id}">\n${html}</div>`;
    }
    if (cell.cell_type !== "code" || textOf(cell.source).trim() === "") return "";
    codes++;
    const outputs = cell.outputs.map((output, nth) =>
      renderOutput(output, { ...renderers, where, number: codes, prefix: `${id}-${nth + 1}` })
    ).join("\n");
    const code = codeOf(textOf(cell.source).trimEnd(), codes, {
      highlight: renderers.highlight,
      seconds: seconds.get(cell.id) ?? 0,
    });
    return `<div class="cell code" id="${id}">\n${code}\n${
      anchorVerdicts(outputs, outline.anchors)
    }\n</div>`;
  }).filter(Boolean).join("\n");
}

function codeOf(
  source: string,
  number: number,
  { highlight, seconds }: { readonly highlight: Highlight; readonly seconds: number },
): string {
  const lines = source.split("\n").length;
  const open = lines <= OPEN_LINES ? " open" : "";
  const size = lines === 1 ? "1 line" : `${lines} lines`;
  const time = seconds < NOTED_SECONDS ? "" : `, ${secondsText(seconds)}`;
  return `<details class="source"${open}><summary>Code ${number} <span>${size}${time}</span></summary>` +
    `<pre tabindex="0" role="group" aria-label="Code ${number}"><code>${
      highlight(source)
    }</code></pre></details>`;
}

function attachmentsOf(attachments: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attachments).flatMap(([file, value]) => {
      const bundle = value as Readonly<Record<string, unknown>>;
      const type = Object.keys(bundle).find((key) => key.startsWith("image/"));
      if (type === undefined) return [];
      const content = textOf(bundle[type] as string | readonly string[]).replace(/\s/g, "");
      return [[file, `data:${type};base64,${content}`]];
    }),
  );
}
