/**
 * The way back from a line of a joined module to the cell that it came from.
 *
 * @module
 */
import type { Edit } from "./cell_syntax.ts";

/** A place in a notebook, as a reader counts: cells that run, lines and columns, all from 1. */
export type CellPlace = {
  /** Number of the cell among those that run, which Jupyter shows as `[number]`. */
  readonly cell: number;
  /** Id of the cell. */
  readonly id: string;
  readonly line: number;
  readonly column: number;
};

/** Where a cell of a joined module lies. */
export type CellSpan = {
  readonly cell: number;
  readonly id: string;
  /** Line of the module, from 1, that holds the first line of the cell. */
  readonly firstLine: number;
  readonly lines: number;
  /** What was put into the lines of the cell, by line of the cell from 1. */
  readonly shifts: ReadonlyMap<number, readonly Shift[]>;
};

/** At `column` (from 1, in the cell) `length` more characters stand in the module. */
export type Shift = { readonly column: number; readonly length: number };

/** Line and column, from 1, of an offset. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/** Applies edits to a source; equal places keep their order. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let [out, at] = ["", 0];
  for (const { start, end, text } of ordered) {
    out += source.slice(at, start) + text;
    at = end;
  }
  return out + source.slice(at);
}

/** Shifts that edits cause, by line. */
export function shiftsOf(source: string, edits: readonly Edit[]): CellSpan["shifts"] {
  const shifts = new Map<number, Shift[]>();
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const { line, column } = placeOf(source, start);
    const length = text.length - (end - start);
    shifts.set(line, [...(shifts.get(line) ?? []), { column, length }]);
  }
  return shifts;
}

/** The place in a cell of a place in the joined module, or null outside of all cells. */
export function cellPlace(
  spans: readonly CellSpan[],
  line: number,
  column = 1,
): CellPlace | null {
  const span = spans.find(({ firstLine, lines }) => line >= firstLine && line < firstLine + lines);
  if (!span) return null;
  const own = line - span.firstLine + 1;
  let shift = 0;
  for (const { column: at, length } of span.shifts.get(own) ?? []) {
    if (column - shift > at) shift += Math.min(length, column - shift - at);
  }
  return { cell: span.cell, id: span.id, line: own, column: column - shift };
}

/** Writes a place as errors do: `cell 5 (id), line 3, column 7`. */
export function shownPlace({ cell, id, line, column }: CellPlace): string {
  return `cell ${cell} (${id}), line ${line}, column ${column}`;
}

/** Rewrites places of the module in a text, such as a stack trace, to places in cells. */
export function mapPlaces(text: string, url: string, spans: readonly CellSpan[]): string {
  const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`${escaped}:(\\d+):(\\d+)`, "g"), (all, line, column) => {
    const place = cellPlace(spans, Number(line), Number(column));
    return place ? shownPlace(place) : all;
  });
}
