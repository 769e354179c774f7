/**
 * A cell's source, parsed once.
 *
 * @module
 */
import type ts from "typescript";
import { type Compiler, isObjectLiteral, parseErrors, parseModule } from "./cell_syntax.ts";

/** A cell's source as it was parsed. */
export type ParsedCell = {
  readonly source: string;
  readonly file: ts.SourceFile;
  readonly errors: readonly { readonly message: string; readonly start: number }[];
  readonly hasJsx: boolean;
  /** The cell is an object in braces: `file` has parentheses around it. */
  readonly isObject: boolean;
};

/** Parses a cell once, as TypeScript and, where that fails, as TypeScript with JSX. */
export function parseCell(compiler: Compiler, source: string): ParsedCell {
  const isObject = isObjectLiteral(compiler, source);
  const text = isObject ? `(${source})` : source;
  const file = parseModule(compiler, text);
  const errors = parseErrors(compiler, file);
  if (errors.length > 0 && /<[\w>]/.test(text)) {
    const other = parseModule(compiler, text, "cell.tsx");
    const still = parseErrors(compiler, other);
    // with an error in either, the tag that closes tells which the author meant
    const isJsx = still.length === 0 || /<\/[\w.]*>|\/>/.test(text);
    if (isJsx) return { source, file: other, errors: still, hasJsx: true, isObject };
  }
  return { source, file, errors, hasJsx: false, isObject };
}
