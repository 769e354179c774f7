/**
 * Verdict cards in the outputs of a notebook: found by their mark, made reachable by an anchor.
 *
 * @module
 */
import { anchorOf } from "./html.ts";

/** The anchor of a claim's card on its page. */
export function verdictAnchor(id: string): string {
  return `verdict-${anchorOf(id.split("/").at(-1) ?? id)}`;
}

/** Ids of the claims whose cards stand in `html`. */
export function verdictsIn(html: string): readonly string[] {
  return Array.from(html.matchAll(/\sdata-resolvent-verdict=(["'])([^"']+)\1/g), ([, , id]) => id);
}

/** Puts an anchor before the first card of each claim. */
export function anchorVerdicts(html: string, taken: Set<string>): string {
  return html.replace(
    /<[a-z]+\b[^>]*\sdata-resolvent-verdict=(["'])([^"']+)\1[^>]*>/g,
    (tag, _, id) => {
      const anchor = verdictAnchor(id);
      if (taken.has(anchor)) return tag;
      taken.add(anchor);
      return `<span id="${anchor}" class="anchor"></span>${tag}`;
    },
  );
}
