/**
 * What can be told from the source about values that are changed in place.
 *
 * @module
 */
import type ts from "typescript";
import type { Compiler } from "./cell_syntax.ts";

/** Methods that change their object, whatever becomes of what they return. */
const CHANGING: ReadonlySet<string> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "copyWithin",
]);

/** Methods that change their object if nobody takes what they return: `x.add(y)` of a tensor does not. */
const CHANGING_IF_DROPPED: ReadonlySet<string> = new Set([
  "set",
  "add",
  "delete",
  "clear",
  "fill",
  "reverse",
]);

/** Functions of `Object` that change their first argument. */
const CHANGING_FIRST: ReadonlySet<string> = new Set([
  "assign",
  "defineProperty",
  "defineProperties",
  "setPrototypeOf",
]);

/** What stands within parentheses, `as`, `satisfies` and `!`. */
export function outermost(compiler: Compiler, node: ts.Node): ts.Node {
  const c = compiler;
  let at = node;
  while (
    c.isParenthesizedExpression(at) || c.isAsExpression(at) || c.isNonNullExpression(at) ||
    c.isSatisfiesExpression(at) || c.isTypeAssertionExpression(at)
  ) at = at.expression;
  return at;
}

/** The name at the root of `x.a[i].b`. */
export function rootOf(compiler: Compiler, node: ts.Node): ts.Identifier | null {
  let at = node;
  while (true) {
    at = outermost(compiler, at);
    if (compiler.isIdentifier(at)) return at;
    if (!compiler.isPropertyAccessExpression(at) && !compiler.isElementAccessExpression(at)) {
      return null;
    }
    at = at.expression;
  }
}

/** Tells whether nobody takes the value of an expression: a statement, but not a cell's last. */
function isDropped(compiler: Compiler, node: ts.Node): boolean {
  if (!compiler.isExpressionStatement(node.parent)) return false;
  const { parent } = node.parent;
  // the last statement of the file is the export that the parser was given
  return !compiler.isSourceFile(parent) || parent.statements.at(-2) !== node.parent;
}

/** Names whose value a node changes in place, assignments aside. */
export function mutatedBy(compiler: Compiler, node: ts.Node): ts.Identifier[] {
  const c = compiler;
  if (c.isDeleteExpression(node)) {
    const root = rootOf(c, node.expression);
    return root ? [root] : [];
  }
  if (!c.isCallExpression(node) || !c.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  if (c.isIdentifier(expression) && expression.text === "Object") {
    const root = CHANGING_FIRST.has(name.text) && node.arguments[0] &&
      rootOf(c, node.arguments[0]);
    return root ? [root] : [];
  }
  const changes = CHANGING.has(name.text) ||
    CHANGING_IF_DROPPED.has(name.text) && isDropped(c, node);
  const root = changes ? rootOf(c, expression) : null;
  return root ? [root] : [];
}
