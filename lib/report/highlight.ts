/**
 * Colours TypeScript at build time, as `<span>`s that the page's own style sheet names.
 *
 * @module
 */
import { escapeHtml } from "./html.ts";

/** Turns source text into escaped HTML with spans for its words. */
export type Highlight = (source: string, language?: string) => string;

const TYPESCRIPT = new Set(["ts", "typescript", "js", "javascript", "tsx", "jsx", "json"]);

/** Loads highlight.js with TypeScript alone; other languages are shown plainly. */
export async function loadHighlight(): Promise<Highlight> {
  const { default: hljs } = await import("highlight.js/lib/core");
  const { default: typescript } = await import("highlight.js/lib/languages/typescript");
  hljs.registerLanguage("typescript", typescript);
  return function highlight(source: string, language = "typescript"): string {
    if (!TYPESCRIPT.has(language.toLowerCase())) return escapeHtml(source);
    return hljs.highlight(source, { language: "typescript", ignoreIllegals: true }).value;
  };
}
