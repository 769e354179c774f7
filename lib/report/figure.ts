/**
 * A figure's SVG inside a page: its ids made unique, its caption its text alternative.
 *
 * @module
 */
import { escapeHtml, openFrame } from "./html.ts";

/** Text alternatives of at most this length are shown as they are. */
const SHORT = 120;

/**
 * Inlines an SVG as a `<figure>`. Ids get the prefix `prefix`, for two figures of one page may use
 * the same ones; a picture without a name of its own gets the text alternative as its name. What a picture's `<desc>`
 * tells can be opened as text under it.
 */
export function inlineFigure(svg: string, alternative: string, prefix: string): string {
  const start = svg.search(/<svg[\s>]/);
  const body = isolateIds(svg.slice(Math.max(0, start)).trim(), prefix);
  const [head] = body.match(/^<svg[^>]*>/) ?? [""];
  const named = /\saria-label(ledby)?=/.test(head) || /^<svg[^>]*>\s*<title\b/.test(body);
  const extra = [
    /\srole=/.test(head) ? "" : ' role="img"',
    named ? "" : ` aria-label="${escapeHtml(alternative || "Figure")}"`,
  ].join("");
  const picture = extra === "" ? body : body.replace(/^<svg/, `<svg${extra}`);
  const told = body.match(/<desc\b[^>]*>([^<]*)<\/desc>/)?.[1].trim();
  const caption = told ? inWords(told) : captionOf(alternative.trim());
  return `<figure class="output">${
    openFrame("Figure", { kind: "plot" })
  }${picture}</div>${caption}</figure>`;
}

/** Gives every id of an SVG, and every reference to one, a prefix. */
function isolateIds(svg: string, prefix: string): string {
  const ids = new Set(Array.from(svg.matchAll(/\sid=(["'])([^"']+)\1/g), ([, , id]) => id));
  if (ids.size === 0) return svg;
  const renamed = (id: string): string => ids.has(id) ? `${prefix}-${id}` : id;
  return svg
    .replace(
      /<style[^>]*>[^<]*<\/style>/g,
      (style) => style.replace(/#([\w-]+)(?=[^{}]*\{)/g, (_, id) => `#${renamed(id)}`),
    )
    .replace(/(\sid=["'])([^"']+)(["'])/g, (_, open, id, close) => `${open}${renamed(id)}${close}`)
    .replace(/url\(#([^)"']+)\)/g, (_, id) => `url(#${renamed(id)})`)
    .replace(
      /(\s(?:xlink:)?href=["']#)([^"']+)(["'])/g,
      (_, open, id, close) => `${open}${renamed(id)}${close}`,
    )
    .replace(
      /(\saria-(?:labelledby|describedby)=["'])([^"']+)(["'])/g,
      (_, open, ids, close) => `${open}${ids.split(/\s+/).map(renamed).join(" ")}${close}`,
    );
}

/** The caption; a text that is long is there to be opened. */
function captionOf(text: string): string {
  if (text === "") return "";
  const html = escapeHtml(text);
  return text.length <= SHORT ? `<figcaption>${html}</figcaption>` : inWords(html);
}

/** A long text alternative, as html. */
function inWords(html: string): string {
  return `<figcaption><details><summary>This figure in words</summary><p>${html}</p></details></figcaption>`;
}
