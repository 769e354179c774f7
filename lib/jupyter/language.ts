/**
 * What an editor asks of the language: completion, inspection, and whether a cell is complete.
 *
 * @module
 */
import type ts from "typescript";
import { type Compiler, diagnosticsOf, loadCompiler } from "../notebook/cell_syntax.ts";
import { ImportedFiles, type ImportSettings } from "./language_files.ts";

/** What fits at a place: replaces from `start` to `end`, in UTF-16 units. */
export type Completion = {
  readonly matches: readonly { readonly text: string; readonly kind: string }[];
  readonly start: number;
  readonly end: number;
};

/** Whether a text can run as it is; `indent` is what a next line begins with. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Spaces of one level. */
const INDENT = "  ";

/** Errors of what no further line can end: strings and regular expressions. */
const ENDED_BY_LINE: ReadonlySet<number> = new Set([1002, 1161]);

/** Most matches that a front end is given. */
const MOST_MATCHES = 500;

/** TypeScript's view of a notebook: what other cells declare, and a cell in the making behind it. */
export class Language {
  readonly #compiler: Compiler;
  readonly #service: ts.LanguageService;
  readonly #file: string;
  readonly #cells = new Map<string, string>();
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  #text = "";
  #version = 0;

  /** Loads the compiler and Deno's own types. */
  static async open(settings: ImportSettings): Promise<Language> {
    const [compiler, types] = await Promise.all([loadCompiler(), denoTypes()]);
    return new Language(compiler, types, settings);
  }

  private constructor(compiler: Compiler, types: string, settings: ImportSettings) {
    this.#compiler = compiler;
    this.#file = `${settings.folder}/[notebook].ts`;
    this.#service = compiler.createLanguageService(this.#host(types, settings));
  }

  /** Takes note of a cell that ran; its earlier source is forgotten. */
  remember(cell: string, source: string): void {
    this.#cells.set(cell, source);
  }

  /** Forgets a cell. */
  forget(cell: string): void {
    this.#cells.delete(cell);
  }

  /** What fits before `cursor`, in UTF-16 units of `code`, the text of `cell`. */
  complete(code: string, cursor: number, cell?: string): Completion {
    const offset = this.#look(code, cell);
    const start = cursor -
      (/[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, cursor))![0].length);
    const found = this.#service.getCompletionsAtPosition(this.#file, offset + cursor, {});
    const typed = code.slice(start, cursor).toLowerCase();
    const matches = (found?.entries ?? [])
      .filter(({ name }) => name.toLowerCase().startsWith(typed))
      .sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name))
      .slice(0, MOST_MATCHES)
      .map(({ name, kind }) => ({ text: name, kind }));
    return { matches, start, end: cursor };
  }

  /** The type and the documentation of what stands at `cursor` as markdown, or null. */
  inspect(code: string, cursor: number, cell?: string): string | null {
    const offset = this.#look(code, cell);
    const at = (place: number) => this.#service.getQuickInfoAtPosition(this.#file, offset + place);
    const info = at(cursor) ?? (cursor > 0 ? at(cursor - 1) : undefined) ??
      this.#callee(code, cursor);
    if (!info) return null;
    const text = (parts: readonly ts.SymbolDisplayPart[] = []) =>
      this.#compiler.displayPartsToString([...parts]);
    const tags = (info.tags ?? []).map(({ name, text: parts }) => `*@${name}* ${text(parts)}`);
    return ["```ts\n" + text(info.displayParts) + "\n```", text(info.documentation), ...tags]
      .filter(Boolean).join("\n\n");
  }

  /** Whether a text can run, needs more, or cannot be mended by more. */
  completeness(code: string): Completeness {
    const { TS, TSX } = this.#compiler.ScriptKind;
    const errors = this.#errors(code, TS);
    // what looks like a generic function in TypeScript looks like a tag in JSX, and the reverse
    if (errors.length === 0 || this.#errors(code, TSX).length === 0) return { status: "complete" };
    const end = code.trimEnd().length;
    const mends = ({ start, length, code: error }: ts.DiagnosticWithLocation) =>
      !ENDED_BY_LINE.has(error) && (start >= end || this.#open(code, start + length));
    if (!errors.every(mends)) return { status: "invalid" };
    return { status: "incomplete", indent: INDENT.repeat(depthOf(this.#compiler, code)) };
  }

  /** Errors of syntax. */
  #errors(code: string, kind: ts.ScriptKind): readonly ts.DiagnosticWithLocation[] {
    const { ScriptTarget, createSourceFile } = this.#compiler;
    return diagnosticsOf(createSourceFile("cell", code, ScriptTarget.ESNext, true, kind));
  }

  /** Tells whether an error that reaches the end is of a text that may go on: a template, a comment. */
  #open(code: string, end: number): boolean {
    if (end < code.length) return false;
    const scanner = this.#compiler.createScanner(this.#compiler.ScriptTarget.ESNext, true);
    scanner.setText(code);
    let last = "";
    for (;;) {
      const token = scanner.scan();
      if (token === this.#compiler.SyntaxKind.EndOfFileToken) break;
      last = scanner.isUnterminated() ? scanner.getTokenText() : "";
    }
    return last.startsWith("\`") || last.startsWith("}") || /\/\*(?!.*\*\/)/s.test(code);
  }

  /** The function whose arguments the cursor stands in. */
  #callee(code: string, cursor: number): ts.QuickInfo | undefined {
    const open = code.slice(0, cursor).lastIndexOf("(");
    if (open <= 0) return undefined;
    const offset = this.#text.length - code.length;
    return this.#service.getQuickInfoAtPosition(this.#file, offset + open - 1);
  }

  /** Puts a cell in the making behind the others; returns where it begins. */
  #look(code: string, cell?: string): number {
    const others = [...this.#cells].filter(([id]) => id !== cell).map(([, source]) => source);
    const before = others.map((source) => `${source}\n;\n`).join("");
    const text = before + code;
    if (text !== this.#text) this.#version++;
    this.#text = text;
    return before.length;
  }

  #host(types: string, settings: ImportSettings): ts.LanguageServiceHost {
    const compiler = this.#compiler, files = new ImportedFiles(settings);
    const own = `${settings.folder}/[deno].d.ts`;
    const read = (path: string): ts.IScriptSnapshot | undefined => {
      if (path === this.#file) return compiler.ScriptSnapshot.fromString(this.#text);
      const known = this.#snapshots.get(path);
      if (known) return known;
      const text = path === own ? types : textOf(path);
      if (text === undefined) return undefined;
      const snapshot = compiler.ScriptSnapshot.fromString(text);
      this.#snapshots.set(path, snapshot);
      return snapshot;
    };
    return {
      getCompilationSettings: () => ({
        target: compiler.ScriptTarget.ESNext,
        module: compiler.ModuleKind.ESNext,
        moduleResolution: compiler.ModuleResolutionKind.Bundler,
        moduleDetection: compiler.ModuleDetectionKind.Force,
        lib: ["lib.esnext.d.ts"],
        types: [],
        strict: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      }),
      getScriptFileNames: () => [own, this.#file],
      getScriptVersion: (path) => path === this.#file ? String(this.#version) : "0",
      getScriptSnapshot: read,
      getCurrentDirectory: () => settings.folder,
      getDefaultLibFileName: (options) => compiler.getDefaultLibFilePath(options),
      fileExists: (path) => path === own || path === this.#file || textOf(path) !== undefined,
      readFile: textOf,
      resolveModuleNameLiterals: (names, from) =>
        names.map(({ text }) => {
          const path = files.resolve(text, from === this.#file ? `${settings.folder}/x.ts` : from);
          if (path === null) return { resolvedModule: undefined };
          const extension = /\.d\.[cm]?ts$/.exec(path)?.[0] ?? /\.[^.]+$/.exec(path)?.[0] ?? ".ts";
          return { resolvedModule: { resolvedFileName: path, extension } };
        }),
    };
  }
}

/** Levels of brackets that are open at the end. */
function depthOf(compiler: Compiler, code: string): number {
  const scanner = compiler.createScanner(compiler.ScriptTarget.ESNext, true);
  scanner.setText(code);
  const kinds = compiler.SyntaxKind;
  let depth = 0;
  for (;;) {
    const token = scanner.scan();
    if (token === kinds.EndOfFileToken) return Math.max(0, depth);
    const opens = token === kinds.OpenBraceToken || token === kinds.OpenParenToken ||
      token === kinds.OpenBracketToken;
    const closes = token === kinds.CloseBraceToken || token === kinds.CloseParenToken ||
      token === kinds.CloseBracketToken;
    depth += Number(opens) - Number(closes);
  }
}

/** Orders two texts by their code units. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text of a file, or undefined. */
function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

/** The declarations of Deno's own names, less the references to libraries that TypeScript lacks. */
async function denoTypes(): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args: ["types"], stdin: "null" });
  const { success, stdout } = await command.output();
  if (!success) return "";
  return new TextDecoder().decode(stdout).replace(/^\/\/\/ <reference .*$/gm, "");
}
