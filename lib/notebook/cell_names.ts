/**
 * Which names a cell defines, reads, assigns and changes, by the scopes of its source.
 *
 * @module
 */
import type ts from "typescript";
import { blockNames, type Defined, isAmbient, listNames, type Named } from "./cell_scope.ts";
import { isNamespaceValue, varNames } from "./cell_scope.ts";
import { mutatedBy, outermost, rootOf } from "./cell_mutations.ts";
import { parseCell, type ParsedCell } from "./cell_parse.ts";
import { bindingNames, type Compiler } from "./cell_syntax.ts";

export type { Defined, DefinedKind, Named } from "./cell_scope.ts";

/** The names of a cell; places are offsets in its source. */
export type CellNames = {
  /** What the cell defines at its top level, as values. */
  readonly defines: readonly Defined[];
  /** Types of its top level. */
  readonly types: readonly Named[];
  /** Names of elsewhere that it reads, also within functions that it defines. */
  readonly reads: readonly Named[];
  /** Names of elsewhere that it assigns. */
  readonly writes: readonly Named[];
  /** Names of elsewhere whose value it seems to change in place. */
  readonly mutates: readonly Named[];
};

/** Names of a scope, within another. */
type Scope = { readonly names: ReadonlySet<string>; readonly outer: Scope | null };

/** Collects the free names of a cell. */
class Walker {
  readonly reads = new Map<string, number>();
  readonly writes = new Map<string, number>();
  readonly mutates = new Map<string, number>();

  constructor(readonly c: Compiler, readonly factories: readonly string[]) {}

  #isFree(name: string, scope: Scope | null): boolean {
    for (let at = scope; at; at = at.outer) if (at.names.has(name)) return false;
    return true;
  }

  #note(into: Map<string, number>, name: string, start: number, scope: Scope): void {
    if (this.#isFree(name, scope) && !into.has(name)) into.set(name, start);
  }

  #inner(scope: Scope | null, names: readonly { readonly name: string }[]): Scope {
    return { names: new Set(names.map(({ name }) => name)), outer: scope };
  }

  #children(node: ts.Node, scope: Scope): void {
    this.c.forEachChild(node, (child) => this.visit(child, scope));
  }

  /** Visits the statements of a block in a scope of their own. */
  block(statements: readonly ts.Statement[], outer: Scope | null, vars: readonly Defined[]): void {
    const scope = this.#inner(outer, [...blockNames(this.c, statements).values, ...vars]);
    for (const statement of statements) this.visit(statement, scope);
  }

  /** Visits a node in a scope. */
  visit(node: ts.Node, scope: Scope): void {
    const c = this.c;
    if (c.isExpressionWithTypeArguments(node)) return this.visit(node.expression, scope);
    if (c.isTypeNode(node) || c.isInterfaceDeclaration(node) || c.isTypeAliasDeclaration(node)) {
      return;
    }
    if (c.isTypeParameterDeclaration(node)) return;
    if (c.isImportDeclaration(node) || isAmbient(c, node) || c.isMetaProperty(node)) return;
    if (c.isHeritageClause(node) && node.token === c.SyntaxKind.ImplementsKeyword) return;
    for (const root of mutatedBy(c, node)) {
      this.#note(this.mutates, root.text, root.getStart(), scope);
    }
    if (c.isIdentifier(node)) return this.#note(this.reads, node.text, node.getStart(), scope);
    if (this.#visitName(node, scope) || this.#visitScope(node, scope)) return;
    if (this.#visitWrite(node, scope)) return;
    this.#children(node, scope);
  }

  /** Nodes in which some identifiers are no reads. */
  #visitName(node: ts.Node, scope: Scope): boolean {
    const c = this.c;
    if (c.isPropertyAccessExpression(node)) this.visit(node.expression, scope);
    else if (c.isPropertyAssignment(node) || c.isEnumMember(node)) {
      if (c.isComputedPropertyName(node.name)) this.visit(node.name, scope);
      if (node.initializer) this.visit(node.initializer, scope);
    } else if (c.isVariableDeclaration(node) || c.isBindingElement(node)) {
      if (c.isBindingElement(node) && node.propertyName) this.#computed(node.propertyName, scope);
      this.#pattern(node.name, scope);
      if (node.initializer) this.visit(node.initializer, scope);
    } else if (c.isPropertyDeclaration(node)) {
      node.modifiers?.forEach((modifier) => this.visit(modifier, scope));
      this.#computed(node.name, scope);
      // a field runs as a method does, with `arguments` refused by the language
      if (node.initializer) this.visit(node.initializer, scope);
    } else if (c.isLabeledStatement(node)) this.visit(node.statement, scope);
    else if (c.isBreakOrContinueStatement(node)) return true;
    else if (c.isExportDeclaration(node)) {
      if (node.moduleSpecifier || node.isTypeOnly || !node.exportClause) return true;
      if (!c.isNamedExports(node.exportClause)) return true;
      for (const { propertyName, name, isTypeOnly } of node.exportClause.elements) {
        if (!isTypeOnly) this.visit(propertyName ?? name, scope);
      }
    } else if (c.isImportEqualsDeclaration(node)) {
      let from: ts.Node = node.moduleReference;
      while (c.isQualifiedName(from)) from = from.left;
      if (c.isIdentifier(from)) this.visit(from, scope);
    } else if (c.isJsxAttribute(node)) {
      if (node.initializer) this.visit(node.initializer, scope);
    } else if (c.isJsxElement(node) || c.isJsxFragment(node) || c.isJsxSelfClosingElement(node)) {
      this.#jsx(node, scope);
    } else return false;
    return true;
  }

  #computed(name: ts.Node, scope: Scope): void {
    if (this.c.isComputedPropertyName(name)) this.visit(name, scope);
  }

  /** Defaults and computed keys of a pattern that binds. */
  #pattern(name: ts.BindingName, scope: Scope): void {
    if (!this.c.isIdentifier(name)) this.#children(name, scope);
  }

  #jsx(node: ts.JsxElement | ts.JsxFragment | ts.JsxSelfClosingElement, scope: Scope): void {
    const c = this.c;
    for (const factory of this.factories) this.#note(this.reads, factory, node.getStart(), scope);
    if (!c.isJsxFragment(node)) {
      const opening = c.isJsxElement(node) ? node.openingElement : node;
      const { tagName, attributes } = opening;
      const isOwn = c.isIdentifier(tagName) && /^[a-z]/.test(tagName.text);
      if (!isOwn && !c.isJsxNamespacedName(tagName)) this.visit(tagName, scope);
      this.visit(attributes, scope);
    }
    if (!c.isJsxSelfClosingElement(node)) node.children.forEach((it) => this.visit(it, scope));
  }

  /** Nodes that open a scope. */
  #visitScope(node: ts.Node, scope: Scope): boolean {
    const c = this.c;
    if (c.isFunctionLike(node)) this.#function(node as ts.FunctionLikeDeclaration, scope);
    else if (c.isClassLike(node)) {
      const inner = this.#inner(scope, node.name ? [{ name: node.name.text }] : []);
      node.modifiers?.forEach((modifier) => this.visit(modifier, scope));
      node.heritageClauses?.forEach((clause) => this.visit(clause, inner));
      node.members.forEach((member) => this.visit(member, inner));
    } else if (c.isClassStaticBlockDeclaration(node)) {
      this.block(node.body.statements, scope, varNames(c, node.body));
    } else if (c.isBlock(node)) this.block(node.statements, scope, []);
    else if (c.isModuleDeclaration(node)) {
      if (!isNamespaceValue(c, node)) return true;
      const body = node.body!;
      if (c.isModuleBlock(body)) this.block(body.statements, scope, varNames(c, body));
      else {this.visit(
          body,
          this.#inner(scope, [{ name: (body as ts.ModuleDeclaration).name.text }]),
        );}
    } else if (c.isCaseBlock(node)) {
      const statements = node.clauses.flatMap((clause) => [...clause.statements]);
      this.#children(node, this.#inner(scope, blockNames(c, statements).values));
    } else if (c.isForStatement(node) || c.isForInStatement(node) || c.isForOfStatement(node)) {
      const head = node.initializer;
      const names = head && c.isVariableDeclarationList(head) ? listNames(c, head) : [];
      const inner = this.#inner(scope, names);
      if (head && !c.isForStatement(node) && !c.isVariableDeclarationList(head)) {
        this.#target(head, inner);
        this.visit(node.expression, inner);
        this.visit(node.statement, inner);
      } else this.#children(node, inner);
    } else if (c.isCatchClause(node)) {
      const names: ts.Identifier[] = [];
      if (node.variableDeclaration) bindingNames(c, node.variableDeclaration.name, names);
      this.#children(node, this.#inner(scope, names.map(({ text }) => ({ name: text }))));
    } else if (c.isEnumDeclaration(node)) {
      const names = node.members.map(({ name }) => ({
        name: c.isIdentifier(name) ? name.text : "",
      }));
      node.members.forEach((member) => this.visit(member, this.#inner(scope, names)));
    } else return false;
    return true;
  }

  #function(node: ts.FunctionLikeDeclaration, scope: Scope): void {
    const c = this.c;
    if (!node.body) return; // an overload, an abstract method
    const names: ts.Identifier[] = [];
    for (const { name } of node.parameters) bindingNames(c, name, names);
    const own = names.map(({ text }) => ({ name: text }));
    if (!c.isArrowFunction(node)) own.push({ name: "arguments" });
    if (c.isFunctionExpression(node) && node.name) own.push({ name: node.name.text });
    const inner = this.#inner(scope, own);
    if (c.canHaveModifiers(node)) node.modifiers?.forEach((it) => this.visit(it, scope));
    if (node.name) this.#computed(node.name, scope);
    for (const parameter of node.parameters) {
      parameter.modifiers?.forEach((modifier) => this.visit(modifier, scope));
      this.#pattern(parameter.name, inner);
      if (parameter.initializer) this.visit(parameter.initializer, inner);
    }
    if (!c.isBlock(node.body)) this.visit(node.body, inner);
    else this.block(node.body.statements, inner, varNames(c, node.body));
  }

  /** Assignments, and `++` and `--`. */
  #visitWrite(node: ts.Node, scope: Scope): boolean {
    const c = this.c;
    if (c.isBinaryExpression(node) && isAssignment(c, node.operatorToken.kind)) {
      const isPlain = node.operatorToken.kind === c.SyntaxKind.EqualsToken;
      this.#target(node.left, scope);
      if (!isPlain) this.visit(node.left, scope);
      this.visit(node.right, scope);
      return true;
    }
    if (!c.isPrefixUnaryExpression(node) && !c.isPostfixUnaryExpression(node)) return false;
    const { PlusPlusToken, MinusMinusToken } = c.SyntaxKind;
    if (node.operator !== PlusPlusToken && node.operator !== MinusMinusToken) return false;
    this.#target(node.operand, scope);
    this.visit(node.operand, scope);
    return true;
  }

  /** What stands on the left of an assignment. */
  #target(node: ts.Node, scope: Scope): void {
    const c = this.c;
    const own = outermost(c, node);
    if (c.isIdentifier(own)) this.#note(this.writes, own.text, own.getStart(), scope);
    else if (c.isArrayLiteralExpression(own)) own.elements.forEach((it) => this.#target(it, scope));
    else if (c.isSpreadElement(own) || c.isSpreadAssignment(own)) {
      this.#target(own.expression, scope);
    } else if (c.isObjectLiteralExpression(own)) {
      own.properties.forEach((it) => this.#target(it, scope));
    } else if (c.isShorthandPropertyAssignment(own)) {
      this.#target(own.name, scope);
      if (own.objectAssignmentInitializer) this.visit(own.objectAssignmentInitializer, scope);
    } else if (c.isPropertyAssignment(own)) {
      this.#computed(own.name, scope);
      this.#target(own.initializer, scope);
    } else if (c.isBinaryExpression(own)) {
      this.#target(own.left, scope);
      this.visit(own.right, scope);
    } else if (!c.isOmittedExpression(own)) {
      const root = rootOf(c, own);
      if (root) this.#note(this.mutates, root.text, root.getStart(), scope);
      this.visit(own, scope);
    }
  }
}

/** Tells whether an operator assigns: `=`, `+=` and the like. */
function isAssignment({ SyntaxKind }: Compiler, kind: ts.SyntaxKind): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

/** First occurrences as a list, by place. */
function listed(names: ReadonlyMap<string, number>, shift: number): Named[] {
  return [...names].map(([name, start]) => ({ name, start: start - shift }))
    .sort((a, b) => a.start - b.start);
}

/**
 * The names of a parsed cell.
 *
 * @param compiler From `loadCompiler`
 * @param parsed From `parseCell`
 * @param factories Names that every tag of JSX reads
 */
export function namesOf(
  compiler: Compiler,
  { file, isObject }: ParsedCell,
  factories: readonly string[] = ["React"],
): CellNames {
  const { values, types } = blockNames(compiler, file.statements);
  const vars = varNames(compiler, file);
  const walker = new Walker(compiler, factories);
  walker.block(file.statements, null, vars);
  const shift = isObject ? 1 : 0;
  const defines = new Map<string, Defined>();
  for (const item of [...values, ...vars]) {
    if (!defines.has(item.name)) defines.set(item.name, item);
  }
  return {
    defines: [...defines.values()].sort((a, b) => a.start - b.start),
    types,
    reads: listed(walker.reads, shift),
    writes: listed(walker.writes, shift),
    mutates: listed(walker.mutates, shift),
  };
}

/** The names of a cell, from its source. */
export function cellNames(compiler: Compiler, source: string): CellNames {
  return namesOf(compiler, parseCell(compiler, source));
}
