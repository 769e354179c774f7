/**
 * Markdown cells to HTML: no raw HTML, formulas as MathML, headings collected for the contents.
 *
 * @module
 */
import { shown } from "../check.ts";
import type { Highlight } from "./highlight.ts";
import { anchorOf, escapeHtml, openFrame } from "./html.ts";
import { addMathsRules, type Maths } from "./maths.ts";

/** A heading of the page as its contents list shows it. */
export type Heading = {
  /** Level on the page: 2 or more, for 1 is the title. */
  readonly level: number;
  /** Anchor, unique on the page. */
  readonly id: string;
  /** What it says, as inline HTML without links. */
  readonly html: string;
};

/** The headings of one page, in the order in which they were rendered. */
export type Outline = {
  /** The first level-one heading, which the page shows as its title. */
  title: { readonly html: string; readonly text: string } | null;
  /** All other headings. */
  readonly headings: Heading[];
  /** Anchors already taken. */
  readonly anchors: Set<string>;
};

/** What a piece of Markdown belongs to. */
export type MarkdownContext = {
  /** The cell, in the words of an error message. */
  readonly where: string;
  /** The page's headings; left out, headings get no anchor. */
  readonly outline?: Outline;
  /** Attached pictures by name, each a data URL. */
  readonly attachments?: Readonly<Record<string, string>>;
};

/** Renders Markdown to HTML. */
export type Markdown = (source: string, context: MarkdownContext) => string;

/** An outline without headings. */
export function newOutline(): Outline {
  return { title: null, headings: [], anchors: new Set() };
}

/** Loads markdown-it with our rules for formulas, code, tables and pictures. */
export async function loadMarkdown(maths: Maths, highlight: Highlight): Promise<Markdown> {
  const { default: MarkdownIt } = await import("markdown-it");
  const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
  addMathsRules(parser, maths);
  const { rules } = parser.renderer;
  rules.fence = function fence(tokens, at): string {
    const { content, info } = tokens[at];
    const code = highlight(content.trimEnd(), info.trim().split(/\s+/)[0] || "text");
    return `<pre tabindex="0" role="group" aria-label="Code"><code>${code}</code></pre>\n`;
  };
  rules.code_block = function codeBlock(tokens, at): string {
    const code = escapeHtml(tokens[at].content.trimEnd());
    return `<pre tabindex="0" role="group" aria-label="Code"><code>${code}</code></pre>\n`;
  };
  rules.table_open = () => `${openFrame("Table")}<table>`;
  // a corner without a word heads nothing
  rules.th_open = (tokens, at, options, _env, renderer) => {
    if (tokens[at + 1].content === "") tokens[at].tag = tokens[at + 2].tag = "td";
    return renderer.renderToken(tokens, at, options);
  };
  rules.table_close = () => "</table></div>\n";
  rules.image = function image(tokens, at, _options, env): string {
    const { where, attachments = {} } = env as MarkdownContext;
    const source = String(tokens[at].attrGet("src") ?? "");
    const url = attachments[source.replace(/^attachment:/, "")] ?? source;
    if (!url.startsWith("data:image/")) {
      throw new RangeError(
        `Cannot render ${where} as every picture must be attached or a data URL: its source is ${
          shown(source)
        }`,
      );
    }
    return `<img src="${escapeHtml(url)}" alt="${escapeHtml(tokens[at].content)}">`;
  };
  return function markdown(source: string, context: MarkdownContext): string {
    const tokens = parser.parse(source, context);
    const { outline } = context;
    if (outline === undefined) return parser.renderer.render(tokens, parser.options, context);
    for (let at = 0; at < tokens.length; at++) {
      const open = tokens[at];
      if (open.type !== "heading_open") continue;
      const children = (tokens[at + 1].children ?? []).filter(({ type }) =>
        type !== "link_open" && type !== "link_close"
      );
      const html = parser.renderer.renderInline(children, parser.options, context);
      const text = children.map(({ content }) => content).join("");
      if (open.tag === "h1" && outline.title === null && outline.headings.length === 0) {
        outline.title = { html, text };
        tokens.splice(at, 3);
        at--;
        continue;
      }
      const above = outline.headings.at(-1)?.level ?? 1;
      const level = Math.min(Math.max(Number(open.tag.slice(1)), 2), above + 1, 6);
      const id = freeAnchor(outline.anchors, anchorOf(text));
      open.attrSet("id", id);
      open.tag = tokens[at + 2].tag = `h${level}`;
      outline.headings.push({ level, id, html });
    }
    return parser.renderer.render(tokens, parser.options, context);
  };
}

/** Takes `wanted`, or `wanted-2`, `wanted-3`, ... when it is taken already. */
export function freeAnchor(taken: Set<string>, wanted: string): string {
  let anchor = wanted;
  for (let k = 2; taken.has(anchor); k++) anchor = `${wanted}-${k}`;
  taken.add(anchor);
  return anchor;
}
