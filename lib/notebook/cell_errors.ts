/**
 * Errors of syntax in a cell, and the way back to its source through what was edited.
 *
 * @module
 */
import type { Edit } from "./cell_syntax.ts";
import { placeOf } from "./line_map.ts";
import type { Place } from "./strip_types.ts";

/** Lines around an error, with a caret below the place. */
export function excerptOf(source: string, { line, column }: Place): string {
  const lines = source.split("\n");
  const width = String(line).length;
  const from = Math.max(1, line - 1);
  const shown = lines.slice(from - 1, line).map((text, i) =>
    `${String(from + i).padStart(width)} | ${text}`
  );
  return [...shown, `${" ".repeat(width)} | ${" ".repeat(column - 1)}^`].join("\n");
}

/** A cell that does not parse. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  /** The line of the error and that before it, with a caret. */
  readonly excerpt: string;

  /** Error with a reason, at an offset in the source. */
  constructor(readonly reason: string, source: string, offset: number) {
    const place = placeOf(source, Math.min(Math.max(offset, 0), source.length));
    const said = reason.replace(/\.$/, "");
    super(
      `Cannot run the cell as it must parse: line ${place.line}, column ${place.column}: ${said}`,
    );
    this.line = place.line;
    this.column = place.column;
    this.excerpt = excerptOf(source, place);
  }
}

/** Offset of a place. */
function offsetOf(text: string, { line, column }: Place): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return Math.min(at + column - 1, text.length);
}

/** Place in the source of a place in the edited text; inside what was put in, where it was put. */
export function unedited(
  source: string,
  edited: string,
  edits: readonly Edit[],
  place: Place,
): Place {
  const offset = offsetOf(edited, place);
  let shift = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const from = start + shift;
    if (offset < from) break;
    if (offset < from + text.length) return placeOf(source, start);
    shift += text.length - (end - start);
  }
  return placeOf(source, offset - shift);
}
