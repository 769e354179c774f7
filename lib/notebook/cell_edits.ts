/**
 * What has to be put for parts of a cell so that it can stand in an async function.
 *
 * @module
 */
import type ts from "typescript";
import { hasModifier } from "./cell_scope.ts";
import { type Compiler, type Edit, importOf } from "./cell_syntax.ts";

/** Turns the specifier of an import into one that holds from elsewhere. */
export type Resolve = (specifier: string) => string;

/** Lines of a text that has to stay as long as it was. */
function newlines(text: string): string {
  return "\n".repeat(text.split("\n").length - 1);
}

/** A resolved specifier as text of code. */
function resolved(specifier: string, resolve: Resolve): string {
  return JSON.stringify(resolve(specifier));
}

/** An import statement as a call of `import()`. */
function importText(compiler: Compiler, node: ts.ImportDeclaration, resolve: Resolve): string {
  const { from, names, typeOnly } = importOf(compiler, node);
  if (typeOnly) return "";
  const types = new Set<string>();
  const bindings = node.importClause?.namedBindings;
  if (bindings && compiler.isNamedImports(bindings)) {
    for (const { isTypeOnly, name } of bindings.elements) if (isTypeOnly) types.add(name.text);
  }
  const kept = names.filter(({ local }) => !types.has(local));
  if (names.length > 0 && kept.length === 0) return "";
  const attributes = node.attributes?.elements.map((item) => item.getText()).join(", ");
  const options = attributes ? `, { with: { ${attributes} } }` : "";
  const call = `await import(${resolved(from, resolve)}${options})`;
  const space = kept.find(({ form }) => form === "namespace")?.local;
  const parts = kept.filter(({ form }) => form !== "namespace").map(({ local, origin }) => {
    const exported = origin.slice(from.length + 1);
    return exported === local ? local : `${JSON.stringify(exported)}: ${local}`;
  });
  const pattern = `{ ${parts.join(", ")} }`;
  if (space) return `const ${space} = ${call}${parts.length ? `, ${pattern} = ${space}` : ""};`;
  return parts.length > 0 ? `const ${pattern} = ${call};` : `${call};`;
}

/** Edits for imports: what an earlier statement may use already is brought in before it. */
export function importEdits(compiler: Compiler, file: ts.SourceFile, resolve: Resolve): Edit[] {
  const edits: Edit[] = [];
  const first = file.statements.findIndex((node) => !compiler.isImportDeclaration(node));
  file.statements.forEach((node, at) => {
    if (!compiler.isImportDeclaration(node)) return;
    const [start, end] = [node.getStart(), node.getEnd()];
    const text = importText(compiler, node, resolve);
    const kept = newlines(file.text.slice(start, end));
    if (at < first) return void edits.push({ start, end, text: text + kept });
    const head = file.statements[first].getStart();
    edits.push({ start: head, end: head, text }, { start, end, text: `;${kept}` });
  });
  return edits;
}

/** Edits that drop `export`, with spaces in its place. */
export function exportEdits(compiler: Compiler, file: ts.SourceFile, resolve: Resolve): Edit[] {
  const c = compiler;
  const edits: Edit[] = [];
  for (const node of file.statements.slice(0, -1)) {
    const [start, end] = [node.getStart(), node.getEnd()];
    if (c.isExportDeclaration(node)) {
      const kept = newlines(file.text.slice(start, end));
      const from = !node.isTypeOnly && node.moduleSpecifier as ts.StringLiteral | undefined;
      const text = from ? `await import(${resolved(from.text, resolve)});` : ";";
      edits.push({ start, end, text: text + kept });
    } else if (c.isExportAssignment(node)) {
      edits.push({ start, end: node.expression.getStart(), text: "" });
    } else if (hasModifier(c, node, c.SyntaxKind.ExportKeyword) && c.canHaveModifiers(node)) {
      const isNameless = (c.isFunctionDeclaration(node) || c.isClassDeclaration(node)) &&
        !node.name;
      for (const modifier of c.getModifiers(node) ?? []) {
        const isDefault = modifier.kind === c.SyntaxKind.DefaultKeyword;
        if (!isDefault && modifier.kind !== c.SyntaxKind.ExportKeyword) continue;
        const [from, to] = [modifier.getStart(), modifier.getEnd()];
        const text = isDefault && isNameless ? "void" : "";
        edits.push({ start: from, end: to, text: text.padEnd(to - from) });
      }
    }
  }
  return edits;
}

/** Edits that resolve specifiers of calls of `import()`. */
export function specifierEdits(compiler: Compiler, file: ts.SourceFile, resolve: Resolve): Edit[] {
  const edits: Edit[] = [];
  function visit(node: ts.Node): void {
    if (
      compiler.isCallExpression(node) && node.expression.kind === compiler.SyntaxKind.ImportKeyword
    ) {
      const [argument] = node.arguments;
      if (argument && compiler.isStringLiteralLike(argument)) {
        const text = resolved(argument.text, resolve);
        edits.push({ start: argument.getStart(), end: argument.getEnd(), text });
      }
    }
    compiler.forEachChild(node, visit);
  }
  visit(file);
  return edits;
}

/** Edits that ask a flag at the head of every loop: what opens a body, and what closes one. */
export function stopEdits(
  compiler: Compiler,
  file: ts.SourceFile,
  flag: string | undefined,
): { readonly openers: readonly Edit[]; readonly closers: readonly Edit[] } {
  const [openers, closers]: [Edit[], Edit[]] = [[], []];
  const check = `if (${flag}[0]) ${flag}.stop();`;
  function visit(node: ts.Node): void {
    const body = compiler.isIterationStatement(node, false) ? node.statement : null;
    if (body && compiler.isBlock(body)) {
      const at = body.getStart() + 1;
      openers.push({ start: at, end: at, text: check });
    } else if (body) {
      const [start, end] = [body.getStart(), body.getEnd()];
      openers.push({ start, end: start, text: `{${check}` });
      compiler.forEachChild(node, visit);
      closers.push({ start: end, end, text: "}" });
      return;
    }
    compiler.forEachChild(node, visit);
  }
  if (flag !== undefined) visit(file);
  return { openers, closers };
}
