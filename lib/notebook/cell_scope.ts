/**
 * What the scopes of a cell declare: names of a block, and those that `var` lifts out of it.
 *
 * @module
 */
import type ts from "typescript";
import { bindingNames, type Compiler } from "./cell_syntax.ts";

/** How a cell defines a name. */
export type DefinedKind =
  | "const"
  | "let"
  | "var"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import";

/** A name that is declared, how, and where in the source. */
export type Defined = { readonly name: string; readonly kind: DefinedKind; readonly start: number };

/** A name and where in the source it first stands. */
export type Named = { readonly name: string; readonly start: number };

/** Tells whether a declaration has a modifier such as `declare`. */
export function hasModifier(compiler: Compiler, node: ts.Node, kind: ts.SyntaxKind): boolean {
  return compiler.canHaveModifiers(node) &&
    (compiler.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

/** Tells whether a statement only speaks of what exists elsewhere. */
export function isAmbient(compiler: Compiler, node: ts.Node): boolean {
  return hasModifier(compiler, node, compiler.SyntaxKind.DeclareKeyword);
}

/** Tells whether a namespace holds more than types, so that it is a value. */
export function isNamespaceValue(compiler: Compiler, node: ts.ModuleDeclaration): boolean {
  const { body } = node;
  if (!body || isAmbient(compiler, node)) return false;
  if (compiler.isModuleDeclaration(body)) return isNamespaceValue(compiler, body);
  if (!compiler.isModuleBlock(body)) return false;
  return body.statements.some((statement) =>
    !compiler.isInterfaceDeclaration(statement) && !compiler.isTypeAliasDeclaration(statement) &&
    !(compiler.isModuleDeclaration(statement) && !isNamespaceValue(compiler, statement))
  );
}

/** How a list of declarations declares: `using` is a constant. */
function kindOf(compiler: Compiler, list: ts.VariableDeclarationList): DefinedKind {
  if (list.flags & compiler.NodeFlags.Const) return "const"; // of `using` too
  if (list.flags & compiler.NodeFlags.Let) return "let";
  return list.flags & compiler.NodeFlags.BlockScoped ? "const" : "var";
}

/** Names of a list of declarations, patterns included. */
export function listNames(compiler: Compiler, list: ts.VariableDeclarationList): Defined[] {
  const names: ts.Identifier[] = [];
  for (const { name } of list.declarations) bindingNames(compiler, name, names);
  const kind = kindOf(compiler, list);
  return names.map((name) => ({ name: name.text, kind, start: name.getStart() }));
}

/** Names of an import statement, values and types apart. */
function importNames(
  compiler: Compiler,
  node: ts.ImportDeclaration,
): { values: ts.Identifier[]; types: ts.Identifier[] } {
  const clause = node.importClause;
  const [values, types]: [ts.Identifier[], ts.Identifier[]] = [[], []];
  if (!clause) return { values, types };
  const all = clause.phaseModifier === compiler.SyntaxKind.TypeKeyword ? types : values;
  if (clause.name) all.push(clause.name);
  const bindings = clause.namedBindings;
  if (bindings && compiler.isNamespaceImport(bindings)) all.push(bindings.name);
  else for (const item of bindings?.elements ?? []) (item.isTypeOnly ? types : all).push(item.name);
  return { values, types };
}

/** Names that the statements of a block declare in it, values and types apart. */
export function blockNames(
  compiler: Compiler,
  statements: readonly ts.Statement[],
): { values: Defined[]; types: Named[] } {
  const c = compiler;
  const [values, types]: [Defined[], Named[]] = [[], []];
  function add(name: ts.Node | undefined, kind: DefinedKind): void {
    if (!name || !c.isIdentifier(name)) return;
    values.push({ name: name.text, kind, start: name.getStart() });
  }
  function addType({ name }: { readonly name: ts.Node }): void {
    if (c.isIdentifier(name)) types.push({ name: name.text, start: name.getStart() });
  }
  for (const node of statements) {
    if (c.isInterfaceDeclaration(node) || c.isTypeAliasDeclaration(node)) addType(node);
    else if (isAmbient(c, node)) continue;
    else if (c.isVariableStatement(node)) {
      const names = listNames(c, node.declarationList);
      values.push(...names.filter(({ kind }) => kind !== "var"));
    } else if (c.isFunctionDeclaration(node)) {
      if (node.body) add(node.name, "function");
    } else if (c.isClassDeclaration(node)) add(node.name, "class");
    else if (c.isEnumDeclaration(node)) add(node.name, "enum");
    else if (c.isModuleDeclaration(node)) {
      if (isNamespaceValue(c, node)) add(node.name, "namespace");
      else addType(node);
    } else if (c.isImportEqualsDeclaration(node)) add(node.name, "import");
    else if (c.isImportDeclaration(node)) {
      const names = importNames(c, node);
      names.values.forEach((name) => add(name, "import"));
      names.types.forEach((name) => addType({ name }));
    }
  }
  return { values, types };
}

/** Names that `var` declares anywhere below a node, functions and classes aside. */
export function varNames(compiler: Compiler, node: ts.Node): Defined[] {
  const found: Defined[] = [];
  function visit(child: ts.Node): void {
    if (compiler.isFunctionLike(child) || compiler.isClassLike(child)) return;
    if (compiler.isModuleDeclaration(child) || isAmbient(compiler, child)) return;
    if (compiler.isVariableDeclarationList(child)) {
      found.push(...listNames(compiler, child).filter(({ kind }) => kind === "var"));
    }
    compiler.forEachChild(child, visit);
  }
  compiler.forEachChild(node, visit);
  return found;
}
