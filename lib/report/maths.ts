/**
 * Formulas between dollar signs, rendered to MathML when the page is built.
 *
 * @module
 */
import type { MarkdownIt, StateBlock } from "markdown-it";
import { shown } from "../check.ts";
import { escapeHtml } from "./html.ts";

/** Renders TeX to MathML; `where` names the cell in the error of a formula that is not TeX. */
export type Maths = (tex: string, where: string, display: boolean) => string;

/** TeX sources longer than this may be wider than a phone, so they get a frame that scrolls. */
const LONG_TEX = 40;

/** Loads KaTeX and returns its renderer to MathML, which needs neither fonts nor style sheets. */
export async function loadMaths(): Promise<Maths> {
  const { default: katex } = await import("katex");
  return function maths(tex: string, where: string, display: boolean): string {
    let html: string;
    try {
      html = katex.renderToString(tex, {
        output: "mathml",
        displayMode: display,
        throwOnError: true,
        strict: "error",
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new RangeError(
        `Cannot render ${where} as every formula must be TeX that KaTeX reads: the formula is ${
          shown(tex.trim())
        } (${reason})`,
        { cause },
      );
    }
    const mathml = html.replace(/^<span class="katex">/, "").replace(/<\/span>$/, "");
    const tag = display ? "div" : "span";
    const kind = display ? "formula" : "math";
    if (tex.length <= LONG_TEX) return `<${tag} class="${kind}">${mathml}</${tag}>`;
    const label = escapeHtml(tex.replace(/\s+/g, " ").trim());
    return `<${tag} class="${kind} long" tabindex="0" role="group" aria-label="Formula ${label}">${mathml}</${tag}>`;
  };
}

/** Adds the rules `$...$` and `$$...$$` to a Markdown parser; `env.where` names the cell. */
export function addMathsRules(parser: MarkdownIt, maths: Maths): void {
  parser.core.ruler.after("normalize", "maths_in_tables", function keepBars(state) {
    state.src = withoutBarsInRows(state.src);
  });
  parser.inline.ruler.after("escape", "maths", function inlineMaths(state, silent) {
    const found = inlineFormula(state.src, state.pos, state.posMax);
    if (found === null) return false;
    if (!silent) {
      const token = state.push(found.display ? "maths_display" : "maths_inline", "math", 0);
      token.content = found.tex;
    }
    state.pos = found.end;
    return true;
  });
  parser.block.ruler.before(
    "fence",
    "maths_block",
    function blockMaths(state, start, last, silent) {
      const found = blockFormula(state, start, last);
      if (found === null) return false;
      if (silent) return true;
      const token = state.push("maths_display", "math", 0);
      token.block = true;
      token.content = found.tex;
      token.map = [start, found.next];
      state.line = found.next;
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
  parser.renderer.rules.maths_inline = function inline(tokens, at, _options, env) {
    return maths(tokens[at].content, (env as { where: string }).where, false);
  };
  parser.renderer.rules.maths_display = function display(tokens, at, _options, env) {
    return maths(tokens[at].content, (env as { where: string }).where, true);
  };
}

type InlineFormula = { readonly tex: string; readonly display: boolean; readonly end: number };

/** As in pandoc, no space inside the dollars and no digit after them: prices and code stay text. */
function inlineFormula(text: string, start: number, limit: number): InlineFormula | null {
  if (text[start] !== "$") return null;
  const mark = text[start + 1] === "$" ? "$$" : "$";
  const open = start + mark.length;
  let close = text.indexOf(mark, open);
  while (close > 0 && text[close - 1] === "\\") close = text.indexOf(mark, close + 1);
  if (close <= open || close + mark.length > limit) return null;
  const tex = text.slice(open, close);
  const isText = tex.trim() !== tex || tex.includes("`") || /[0-9]/.test(text[close + 1] ?? "");
  if (mark === "$" && isText) return null;
  return { tex, display: mark === "$$", end: close + mark.length };
}

/**
 * Writes `\\Vert` and `\\vert` for the bars of formulas in table rows, where a bar would part cells and
 * a backslash before one would be lost. Notebook front ends set formulas aside before tables, too.
 */
function withoutBarsInRows(text: string): string {
  let fence = "";
  return text.split("\n").map((line) => {
    const [, mark = ""] = line.match(/^ {0,3}(`{3,}|~{3,})/) ?? [];
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence)) fence = "";
    return fence === "" && mark === "" && /^ {0,3}\|/.test(line) ? withoutBars(line) : line;
  }).join("\n");
}

function withoutBars(row: string): string {
  let out = "";
  let at = 0;
  while (at < row.length) {
    const found = inlineFormula(row, at, row.length);
    if (found === null) {
      const width = row[at] === "\\" ? 2 : 1;
      out += row.slice(at, at + width);
      at += width;
      continue;
    }
    out += row.slice(at, found.end)
      .replace(/\\?\|(?=([a-zA-Z]?))/g, function nameBar(bar, next): string {
        return (bar === "|" ? "\\vert" : "\\Vert") + (next === "" ? "" : " ");
      });
    at = found.end;
  }
  return out;
}

function blockFormula(
  state: StateBlock,
  start: number,
  last: number,
): { readonly tex: string; readonly next: number } | null {
  if (!lineOf(state, start).startsWith("$$")) return null;
  const lines = [lineOf(state, start).slice(2)];
  let at = start;
  while (!lines[lines.length - 1].trimEnd().endsWith("$$")) {
    at++;
    if (at >= last) return null;
    lines.push(lineOf(state, at));
  }
  const tex = lines.join("\n").trimEnd().slice(0, -2);
  return tex.includes("$$") || tex.trim() === "" ? null : { tex, next: at + 1 };
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
}
