/**
 * A function's source without its layout: equal for one function however it was written out.
 *
 * @module
 */
import type ts from "typescript";
import type { Compiler } from "./cell_syntax.ts";

/**
 * The syntax of a node as text: every kind and every token, so that different programs differ; but
 * no comments and spaces, nor those commas, semicolons, parentheses and braces about the one
 * statement of a loop without which it means the same: what strips types puts them as it likes.
 *
 * @param compiler From `loadCompiler`
 * @param node Parsed from JavaScript
 * @param instead Text to put for a node, or null to go on below it
 */
export function sourceShape(
  compiler: Compiler,
  node: ts.Node,
  instead: (node: ts.Node) => string | null = () => null,
): string {
  const c = compiler, { SyntaxKind: K } = compiler;
  const silent: ReadonlySet<ts.SyntaxKind> = new Set([
    K.CommaToken,
    K.SemicolonToken,
    K.OpenParenToken,
    K.CloseParenToken,
  ]);
  function leaf(token: ts.Node): string {
    const isValue = c.isIdentifier(token) || c.isNumericLiteral(token) || c.isStringLiteral(token);
    return `${token.kind}${JSON.stringify(isValue ? token.text : token.getText())}`;
  }
  function shape(at: ts.Node): string {
    const other = instead(at);
    if (other !== null) return other;
    // (a?.b).c throws where a?.b.c does not: there parentheses are more than layout
    const isLayout = c.isParenthesizedExpression(at) && !c.isOptionalChain(at.expression);
    if (isLayout) return shape(at.expression);
    const children = at.getChildren().filter((child) => !isJsDoc(c, child));
    // an empty list of statements or parameters is no token
    if (children.length === 0 && at.kind !== K.SyntaxList) return leaf(at);
    const shown = speaks(c, at) ? children : children.filter(({ kind }) => !silent.has(kind));
    return `${at.kind}(${
      shown.map((child) => child === loopBody(at) ? body(child) : shape(child))
    })`;
  }
  function loopBody(at: ts.Node): ts.Node | null {
    return c.isIterationStatement(at, false) ? at.statement : null;
  }
  function body(statement: ts.Node): string {
    if (!c.isBlock(statement)) return shape(statement);
    const own = [...statement.statements];
    if (own.length === 1 && !isDeclaration(c, own[0])) return shape(own[0]);
    return `{${own.map(shape)}}`;
  }
  return shape(node);
}

/** Whether the commas and semicolons of a node tell what is what: of `a, b` and `for (;;)`. */
function speaks(compiler: Compiler, node: ts.Node): boolean {
  return compiler.isBinaryExpression(node) || compiler.isForStatement(node);
}

/** Whether a node is a comment. */
function isJsDoc({ SyntaxKind: K }: Compiler, { kind }: ts.Node): boolean {
  return kind >= K.FirstJSDocNode && kind <= K.LastJSDocNode;
}

/** Whether a statement needs the braces about it. */
function isDeclaration(compiler: Compiler, node: ts.Statement): boolean {
  return compiler.isVariableStatement(node) || compiler.isFunctionDeclaration(node) ||
    compiler.isClassDeclaration(node);
}
