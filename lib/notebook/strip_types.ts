/**
 * TypeScript to JavaScript for a cell: types are blanked where that is enough, so that columns
 * stay, and the compiler is asked where code has to be made.
 *
 * @module
 */
import { SourceMap, stripTypeScriptTypes } from "node:module";
import type ts from "typescript";
import { isNamespaceValue } from "./cell_scope.ts";
import type { Compiler } from "./cell_syntax.ts";

/** How JSX is compiled. */
export type JsxOptions = {
  /** Calls of a factory (`classic`, the default) or an import of the runtime (`automatic`). */
  readonly jsx?: "classic" | "automatic";
  /** Called for a tag, `React.createElement` by default. */
  readonly jsxFactory?: string;
  /** Stands for a fragment, `React.Fragment` by default. */
  readonly jsxFragmentFactory?: string;
  /** Package of the runtime of `automatic`, `react` by default. */
  readonly jsxImportSource?: string;
};

/** A place in a text: line and column from 1. */
export type Place = { readonly line: number; readonly column: number };

/** JavaScript and the way back from it. */
export type Stripped = { readonly code: string; readonly back: (place: Place) => Place | null };

/** What a file needs beyond the removal of types. */
function needs(compiler: Compiler, file: ts.SourceFile): { code: boolean; lowering: boolean } {
  const c = compiler;
  const found = { code: false, lowering: false };
  function visit(node: ts.Node): void {
    if (c.isDecorator(node)) found.lowering = true;
    const isCode = c.isEnumDeclaration(node) || c.isImportEqualsDeclaration(node) ||
      c.isTypeAssertionExpression(node) ||
      c.isModuleDeclaration(node) && isNamespaceValue(c, node) ||
      c.isParameter(node) && c.isParameterPropertyDeclaration(node, node.parent);
    if (isCode) found.code = true;
    c.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

/** Compiles with TypeScript itself. */
function transpiled(
  compiler: Compiler,
  text: string,
  isLowered: boolean,
  jsx: JsxOptions | null,
): Stripped {
  const { ScriptTarget, JsxEmit, ModuleKind, ModuleDetectionKind } = compiler;
  const { outputText, sourceMapText } = compiler.transpileModule(text, {
    fileName: jsx ? "cell.tsx" : "cell.ts",
    compilerOptions: {
      target: isLowered ? ScriptTarget.ES2022 : ScriptTarget.ESNext,
      module: ModuleKind.ESNext,
      moduleDetection: ModuleDetectionKind.Force,
      sourceMap: true,
      jsx: jsx?.jsx === "automatic" ? JsxEmit.ReactJSX : JsxEmit.React,
      jsxFactory: jsx?.jsx === "automatic" ? undefined : jsx?.jsxFactory,
      jsxFragmentFactory: jsx?.jsx === "automatic" ? undefined : jsx?.jsxFragmentFactory,
      jsxImportSource: jsx?.jsx === "automatic" ? jsx.jsxImportSource : undefined,
    },
  });
  const code = outputText.replace(/^\/\/# sourceMappingURL=.*$/m, "")
    .replace(/^export \{\};$/m, "")
    .replace(
      /^import \{ (.*) \} from (".*");$/gm,
      (_, names: string, from: string) =>
        `const { ${names.replaceAll(" as ", ": ")} } = await import(${from});`,
    );
  const map = new SourceMap(JSON.parse(sourceMapText!));
  function back({ line, column }: Place): Place | null {
    const entry = map.findEntry(line - 1, column - 1);
    if (!("originalLine" in entry)) return null;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
  return { code, back };
}

/**
 * Takes the types off a text.
 *
 * @param compiler From `loadCompiler`
 * @param text Text to compile
 * @param options `file`: syntax of the text before it was edited; `jsx`: null where it has none
 */
export function stripTypes(
  compiler: Compiler,
  text: string,
  { file, jsx }: { readonly file: ts.SourceFile; readonly jsx: JsxOptions | null },
): Stripped {
  const { code, lowering } = needs(compiler, file);
  if (code || lowering || jsx) return transpiled(compiler, text, lowering, jsx);
  return { code: stripTypeScriptTypes(text), back: (place) => place };
}
