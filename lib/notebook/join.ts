/**
 * A notebook as a program: its code cells joined into one typed module, with marks between them.
 *
 * @module
 */
import { resolve as resolvePath } from "node:path";
import { pathToFileURL } from "node:url";
import { type CellImport, type CellSyntax, cellSyntax, loadCompiler } from "./cell_syntax.ts";
import type { Compiler, Edit } from "./cell_syntax.ts";
import type { CodeCell, Notebook } from "./ipynb.ts";
import { textOf } from "./ipynb.ts";
import { applyEdits, type CellSpan, placeOf, shiftsOf } from "./line_map.ts";

/** A notebook's code cells as the source of one module. */
export type JoinedModule = {
  /** Source of the module. */
  readonly code: string;
  /** Where each cell lies in it. */
  readonly spans: readonly CellSpan[];
};

/** Name of the marks in a joined module. */
const MARKS = "__cell";

/** Address of the module that holds the marks. */
const MARKS_URL = new URL("./marks.ts", import.meta.url).href;

/** A code cell with its number and its syntax. */
type Read = { readonly number: number; readonly cell: CodeCell; readonly syntax: CellSyntax };

/** Writes the place of an offset in a cell. */
function placeText({ number, cell }: Read, offset: number): string {
  return `cell ${number} (${cell.id}), line ${placeOf(textOf(cell.source), offset).line}`;
}

/** Throws for the first error of syntax. */
function checkSyntax(cells: readonly Read[], name: string): void {
  for (const read of cells) {
    for (const { message, start } of read.syntax.errors) {
      throw new SyntaxError(
        `Cannot join the cells of ${name} as each must parse: ${
          placeText(read, start)
        }: ${message}`,
      );
    }
  }
}

/** Throws unless each name is declared in one cell only; an import may be repeated as it is. */
function checkDeclarations(cells: readonly Read[], name: string): void {
  const first = new Map<string, { read: Read; start: number; origin: string | null }>();
  for (const read of cells) {
    const imported = read.syntax.imports.flatMap(({ names, start }) =>
      names.map(({ local, origin }) => ({ name: local, start, origin }))
    );
    const declared = read.syntax.declared.map((item) => ({ ...item, origin: null }));
    for (const item of [...imported, ...declared]) {
      const other = first.get(item.name);
      if (!other) {
        first.set(item.name, { read, start: item.start, origin: item.origin });
      } else if (other.read !== read && (item.origin === null || other.origin !== item.origin)) {
        throw new SyntaxError(
          `Cannot join the cells of ${name} as each name must be declared once: ${item.name} is declared in ${
            placeText(other.read, other.start)
          } and in ${placeText(read, item.start)}`,
        );
      }
    }
  }
}

/** Throws if a cell calls a function that a later cell declares: the kernel would not find it. */
function checkOrder(cells: readonly Read[], name: string): void {
  for (const later of cells) {
    for (const { name: declared, isFunction, start } of later.syntax.declared) {
      if (!isFunction) continue;
      for (const earlier of cells.slice(0, later.number - 1)) {
        const read = earlier.syntax.reads.get(declared);
        if (read === undefined) continue;
        throw new SyntaxError(
          `Cannot join the cells of ${name} as a cell may only use names of earlier cells: ${declared} is used in ${
            placeText(earlier, read)
          } and declared in ${placeText(later, start)}`,
        );
      }
    }
  }
}

/** Puts an import statement together again with only some of its names. */
function importText({ typeOnly, from, names }: CellImport, kept: CellImport["names"]): string {
  if (names.length > 0 && kept.length === 0) return "";
  const named = kept.filter(({ form }) => form === "named").map(({ text }) => text);
  const parts = kept.filter(({ form }) => form !== "named").map(({ text }) => text);
  if (named.length > 0) parts.push(`{ ${named.join(", ")} }`);
  return `import ${typeOnly ? "type " : ""}${parts.join(", ")} from ${JSON.stringify(from)};`;
}

/** Edits that leave out of a cell what earlier cells have imported already. */
function repeatedImports(
  { cell, syntax }: Read,
  known: Set<string>,
  resolve: (from: string) => string,
): Edit[] {
  const edits: Edit[] = [];
  for (const statement of syntax.imports) {
    const kept = statement.names.filter(({ local }) => !known.has(local));
    statement.names.forEach(({ local }) => known.add(local));
    if (kept.length === statement.names.length) continue;
    const { start, end } = statement;
    const lines = textOf(cell.source).slice(start, end).split("\n").length - 1;
    const text = importText({ ...statement, from: resolve(statement.from) }, kept);
    edits.push({ start, end, text: text + "\n".repeat(lines) });
  }
  return edits;
}

/** Reads all code cells. */
function readCells(
  compiler: Compiler,
  notebook: Notebook,
  resolve: (from: string) => string,
): Read[] {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
  return cells.map((cell, at) => {
    const syntax = cellSyntax(compiler, textOf(cell.source), { result: `${MARKS}.value`, resolve });
    return { number: at + 1, cell, syntax };
  });
}

/**
 * Joins the code cells of a notebook into one module. Statements stay where they are; the value of
 * a cell is handed to the marks; an import that an earlier cell has made is left out.
 *
 * @param notebook Notebook to join
 * @param options `path`: of the notebook, against which relative imports resolve and by which
 * errors name it
 * @throws {SyntaxError} if a cell does not parse, or two cells declare one name
 */
export async function joinNotebook(
  notebook: Notebook,
  { path }: { readonly path: string },
): Promise<JoinedModule> {
  const base = pathToFileURL(resolvePath(path));
  function resolve(from: string): string {
    return /^\.{1,2}\//.test(from) ? new URL(from, base).href : from;
  }
  const cells = readCells(await loadCompiler(), notebook, resolve);
  checkSyntax(cells, path);
  checkDeclarations(cells, path);
  checkOrder(cells, path);

  const lines = [`import * as ${MARKS} from ${JSON.stringify(MARKS_URL)};`];
  const known = new Set<string>();
  const spans: CellSpan[] = [];
  for (const read of cells) {
    const source = textOf(read.cell.source);
    const removed = repeatedImports(read, known, resolve);
    const edits = read.syntax.edits.filter(({ start }) =>
      !removed.some((edit) => start >= edit.start && start < edit.end)
    );
    const text = applyEdits(source, [...edits, ...removed]).split("\n");
    lines.push(`${MARKS}.begin(${read.number});`);
    spans.push({
      cell: read.number,
      id: read.cell.id,
      firstLine: lines.length + 1,
      lines: text.length,
      shifts: shiftsOf(source, [...edits, ...removed]),
    });
    lines.push(...text, `await ${MARKS}.end(${read.number});`);
  }
  return { code: lines.join("\n") + "\n", spans };
}
