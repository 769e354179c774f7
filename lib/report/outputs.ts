/**
 * Outputs of a code cell to HTML: figures inlined so that they follow the page's theme.
 *
 * @module
 */
import { type Output, textOf } from "../notebook/ipynb.ts";
import { inlineFigure } from "./figure.ts";
import { escapeHtml, openFrame, withoutColours } from "./html.ts";
import type { Markdown } from "./markdown.ts";
import type { Maths } from "./maths.ts";

/** What an output is rendered with. */
export type OutputContext = {
  /** Renders Markdown outputs. */
  readonly markdown: Markdown;
  /** Renders LaTeX outputs. */
  readonly maths: Maths;
  /** The cell, in the words of an error message. */
  readonly where: string;
  /** Number of the cell's code on the page, for labels. */
  readonly number: number;
  /** Makes ids of a figure unique on the page. */
  readonly prefix: string;
};

/** Renders one output; an output without any known media type is shown as JSON. */
export function renderOutput(output: Output, context: OutputContext): string {
  if (output.output_type === "stream") {
    const kind = output.name === "stderr" ? "stream stderr" : "stream";
    return preformatted(rewritten(textOf(output.text)), kind, `Console of code ${context.number}`);
  }
  if (output.output_type === "error") {
    const trace = withoutColours(output.traceback.join("\n")).trimEnd();
    const head = `${output.ename}: ${output.evalue}`;
    const text = trace !== "" && trace.includes(output.evalue) ? trace : `${head}\n${trace}`;
    return preformatted(text, "error", `Error of code ${context.number}`);
  }
  return renderBundle(output.data, context);
}

function renderBundle(data: Readonly<Record<string, unknown>>, context: OutputContext): string {
  const text = (type: string): string => textOf((data[type] ?? "") as string | readonly string[]);
  const plain = withoutColours(text("text/plain"));
  const { where, number, prefix } = context;
  if ("image/svg+xml" in data) return inlineFigure(text("image/svg+xml"), plain, prefix);
  if ("text/html" in data) return htmlOutput(text("text/html"), number);
  if ("text/markdown" in data) {
    const html = context.markdown(text("text/markdown"), { where });
    return `<div class="output prose">${html}</div>`;
  }
  if ("text/latex" in data) {
    const tex = text("text/latex").trim().replace(/^\$+|\$+$/g, "");
    return `<div class="output">${context.maths(tex, where, true)}</div>`;
  }
  const picture = ["image/png", "image/jpeg", "image/gif", "image/webp"].find((type) =>
    type in data
  );
  if (picture !== undefined) {
    const url = `data:${picture};base64,${text(picture).replace(/\s/g, "")}`;
    return `<figure><img src="${url}" alt="${escapeHtml(plain || "Picture")}"></figure>`;
  }
  if ("text/plain" in data) return preformatted(plain, "result", `Result of code ${number}`);
  return preformatted(JSON.stringify(data, null, 2), "result", `Result of code ${number}`);
}

/** What a terminal shows in the end of lines that were written over, as progress is. */
function rewritten(text: string): string {
  return text.replaceAll("\r\n", "\n").split("\n").map((line) =>
    line.slice(line.lastIndexOf("\r") + 1)
  )
    .join("\n");
}

/** HTML of a notebook is our own and kept as it is; a table gets a frame that scrolls. */
function htmlOutput(html: string, number: number): string {
  if (!/<table\b/i.test(html) || /role="region"|tabindex=/i.test(html)) {
    return `<div class="output">${html}</div>`;
  }
  return `<div class="output">${openFrame(`Table of code ${number}`)}${html}</div></div>`;
}

function preformatted(text: string, kind: string, label: string): string {
  const shown = escapeHtml(withoutColours(text).replace(/\n$/, ""));
  return `<pre class="output ${kind}" tabindex="0" role="group" aria-label="${label}">${shown}</pre>`;
}
