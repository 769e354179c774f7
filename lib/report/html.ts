/**
 * Text into HTML: escaping, attributes, and the frame of anything that may be wider than the page.
 *
 * @module
 */

/** Escapes text for HTML content and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Makes an id or anchor of any text: lower case, letters and digits, joined by hyphens. */
export function anchorOf(text: string): string {
  const words = text.normalize("NFKD").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-") || "section";
}

/** Opens the frame (a `div`) of anything that may be wider than the page: it scrolls alone, by keyboard too. */
export function openFrame(
  label: string,
  { kind = "", role = "group" }: { readonly kind?: string; readonly role?: "group" | "region" } =
    {},
): string {
  const names = kind === "" ? "scroll" : `scroll ${kind}`;
  return `<div class="${names}" tabindex="0" role="${role}" aria-label="${escapeHtml(label)}">`;
}

/** Removes the colour codes of a terminal. */
export function withoutColours(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character is what is looked for
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "");
}
