/**
 * A cell as the body of an async function: it is given what other cells define, and returns what
 * it defines and its value.
 *
 * @module
 */
import type ts from "typescript";
import { exportEdits, importEdits, type Resolve, specifierEdits, stopEdits } from "./cell_edits.ts";
import { CellSyntaxError, unedited } from "./cell_errors.ts";
import { type CellNames, namesOf } from "./cell_names.ts";
import { parseCell, type ParsedCell } from "./cell_parse.ts";
import { type Compiler, type Edit, loadCompiler, resultEdits } from "./cell_syntax.ts";
import { applyEdits } from "./line_map.ts";
import { type JsxOptions, type Place, stripTypes } from "./strip_types.ts";

export { CellSyntaxError } from "./cell_errors.ts";

/** How a cell is compiled. */
export type CompileOptions = JsxOptions & {
  /** Turns an import into one that holds from elsewhere; by default it is kept. */
  readonly resolve?: Resolve;
  /** Variable to ask at the head of every loop: `if (NAME[0]) NAME.stop();`; none by default. */
  readonly stopFlag?: string;
};

/** A compiled cell. */
export type CompiledCell = {
  readonly source: string;
  readonly names: CellNames;
  /** Names that other cells may define: parameters of the function for those that they do. */
  readonly inputs: readonly string[];
  /** Body of an async function, JavaScript. */
  readonly body: string;
  /** Place in the cell of a place in the body, lines and columns from 1; null for neither. */
  readonly place: (place: Place) => Place | null;
};

/** What the function of a cell returns. */
export type CellResult = {
  /** Values of the names that the cell defines. */
  readonly names: Readonly<Record<string, unknown>>;
  /** Completion value of the cell. */
  readonly value: unknown;
};

/** First line of a body: where the value is kept. */
const HEAD = `"use strict"; let __value; function __result(value) { return __value = value; }`;

/** Refuses what the parser lets pass but the function must not hold. */
function checkPlaces(compiler: Compiler, { file, source, isObject }: ParsedCell): void {
  const c = compiler;
  const shift = isObject ? 1 : 0;
  function visit(node: ts.Node, isInner: boolean): void {
    if (c.isMetaProperty(node) && node.keywordToken === c.SyntaxKind.ImportKeyword) {
      const reason = "import.meta is not available in a cell";
      throw new CellSyntaxError(reason, source, node.getStart() - shift);
    }
    if (c.isReturnStatement(node) && !isInner) {
      const reason = "A 'return' statement can only be used within a function body";
      throw new CellSyntaxError(reason, source, node.getStart() - shift);
    }
    const inner = isInner || c.isFunctionLike(node) || c.isClassStaticBlockDeclaration(node);
    c.forEachChild(node, (child) => visit(child, inner));
  }
  visit(file, false);
}

/** Throws for the first error of syntax, and for a name that is declared twice. */
function checkSyntax(compiler: Compiler, parsed: ParsedCell, names: CellNames): void {
  const { source, errors, isObject } = parsed;
  if (errors.length > 0) {
    const { message, start } = errors[0];
    throw new CellSyntaxError(message, source, start - (isObject ? 1 : 0));
  }
  checkPlaces(compiler, parsed);
  const lost = names.reads.find(({ name }) => name === "arguments");
  const reason = "'arguments' is only known within a function";
  if (lost) throw new CellSyntaxError(reason, source, lost.start);
}

/** Edits of a cell, in an order in which those at one place can stand. */
function editsOf(compiler: Compiler, parsed: ParsedCell, options: CompileOptions): Edit[] {
  const { file, isObject, source } = parsed;
  const { resolve = (specifier: string) => specifier, stopFlag } = options;
  const shift = isObject ? 1 : 0;
  const { openers, closers } = stopEdits(compiler, file, stopFlag);
  const result = isObject
    ? [{ start: 1, end: 1, text: "__result((" }, {
      start: source.length + 1,
      end: source.length + 1,
      text: "))",
    }]
    : resultEdits(compiler, file, "__result");
  const isCloser = ({ text }: Edit) => text === "))";
  return [
    ...result.filter(isCloser),
    ...closers,
    ...importEdits(compiler, file, resolve),
    ...openers,
    ...result.filter((edit) => !isCloser(edit)),
    ...exportEdits(compiler, file, resolve),
    ...specifierEdits(compiler, file, resolve),
  ].map((edit) => ({ ...edit, start: edit.start - shift, end: edit.end - shift }));
}

/** Lets the engine look at what the parser does not: it knows a message, but no place. */
function checkBody(source: string, names: CellNames, body: string): void {
  try {
    compiledFunction([], body);
  } catch (error) {
    const reason = (error as Error).message;
    const name = reason.match(/Identifier '(.+)' has already/)?.[1];
    const named = names.defines.find((item) => item.name === name)?.start ?? 0;
    // of a name that is declared twice, the second place is meant
    const again = name ? source.slice(named + name.length).search(new RegExp(`\\b${name}\\b`)) : -1;
    const offset = again < 0 ? named : named + name!.length + again;
    throw new CellSyntaxError(reason, source, offset);
  }
}

/** An async function with parameters, in strict mode, in the global scope. */
function compiledFunction(
  parameters: readonly string[],
  body: string,
  url?: string,
): (...values: unknown[]) => Promise<CellResult> {
  const comment = url === undefined ? "" : `\n//# sourceURL=${url}`;
  return (0, eval)(`(async function (${parameters.join(", ")}) {${body}\n})${comment}`);
}

/**
 * The function of a compiled cell. Its lines are those of the body.
 *
 * @param compiled From `compileCell`
 * @param parameters Names to give it; all others are looked up in the global scope
 * @param options `url`: name of the code in stack traces
 */
export function cellFunction(
  { body }: CompiledCell,
  parameters: readonly string[],
  { url }: { readonly url?: string } = {},
): (...values: unknown[]) => Promise<CellResult> {
  return compiledFunction(parameters, body, url);
}

/**
 * Compiles a cell.
 *
 * @param compiler From `loadCompiler`
 * @param source Source of the cell
 * @param options How imports, JSX and loops are compiled
 * @throws {CellSyntaxError} if the cell does not parse
 */
export function compileCell(
  compiler: Compiler,
  source: string,
  options: CompileOptions = {},
): CompiledCell {
  const parsed = parseCell(compiler, source);
  const { jsx, jsxFactory = "React.createElement", jsxFragmentFactory = "React.Fragment" } =
    options;
  const isClassic = jsx !== "automatic";
  const factories = isClassic ? [jsxFactory, jsxFragmentFactory].map((it) => it.split(".")[0]) : [];
  const names = namesOf(compiler, parsed, factories);
  checkSyntax(compiler, parsed, names);
  const edits = editsOf(compiler, parsed, options);
  const edited = applyEdits(source, edits);
  const { code, back } = stripTypes(compiler, edited, {
    file: parsed.file,
    jsx: parsed.hasJsx ? options : null,
  });
  const list = names.defines.map(({ name }) => name).join(", ");
  const body = `${HEAD}\n${code}\nreturn { names: { ${list} }, value: __value };`;
  checkBody(source, names, body);
  const lines = code.split("\n").length;
  function place({ line, column }: Place): Place | null {
    if (line < 2 || line > lines + 1) return null;
    const before = back({ line: line - 1, column });
    return before && unedited(source, edited, edits, before);
  }
  const inputs = [...new Set([...names.reads, ...names.writes].map(({ name }) => name))];
  return { source, names, inputs, body, place };
}

/** The value of an expression over names and their values. */
export async function evaluateExpression(
  expression: string,
  names: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const compiled = compileCell(await loadCompiler(), expression);
  const { value } = await cellFunction(compiled, Object.keys(names))(...Object.values(names));
  return value;
}
