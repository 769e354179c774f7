/**
 * The grammar of error texts: "Cannot <do what> as <need>: <name> is <value>".
 *
 * @module
 */
import { placeOf } from "./place.ts";

/** Stands for the value of an expression inside a text. */
const HOLE = "\u2026";

/** The text of a literal, a template or a sum of them, with holes; null where it cannot be known. */
export function textOf(node: Deno.lint.Node): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type === "TemplateLiteral") {
    return node.quasis.map((part) => part.cooked ?? part.raw).join(HOLE);
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === null && right === null ? null : (left ?? HOLE) + (right ?? HOLE);
  }
  return null;
}

const CONTRACTION =
  /\b(can|don|doesn|didn|isn|aren|wasn|weren|won|shouldn|couldn|wouldn|hasn|haven|mustn)['’]t\b|\b(it|that|there|what|let)['’]s\b|\b\w+['’](re|ve|ll)\b/i;

/** Says what is wrong with the text of an error, or returns null. */
export function textFault(text: string): string | null {
  if (!text.startsWith("Cannot ")) return 'does not begin with "Cannot "';
  if (/[.!]\s*$/.test(text)) return "ends with a full stop";
  const contraction = text.match(CONTRACTION)?.[0];
  if (contraction !== undefined) return `contains the contraction "${contraction}"`;
  const [, rest] = text.split(/ as (.*)/s);
  if (rest === undefined) return 'does not say what is needed: " as <need>"';
  if (!rest.includes(":") && !rest.includes(HOLE)) return 'does not say what was given: ": "';
  return null;
}

/** Tells whether error texts of a file follow the grammar: the library and the examples. */
function isChecked(filename: string): boolean {
  return /^(lib|examples)\//.test(placeOf(filename));
}

/** Texts given to an error that is thrown are built by `cannot` of lib/check.ts or read like it. */
export const errorText: Deno.lint.Rule = {
  create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
    if (!isChecked(context.filename)) return {};
    return {
      NewExpression(node): void {
        if (node.callee.type !== "Identifier" || !/Error$/.test(node.callee.name)) return;
        // new AggregateError(errors, message)
        const argument = node.arguments[node.callee.name === "AggregateError" ? 1 : 0];
        if (argument === undefined) return;
        const text = textOf(argument);
        const fault = text === null || text === HOLE ? null : textFault(text);
        if (fault === null) return;
        context.report({
          node: argument,
          message: `The text of an error ${fault}`,
          hint: '"Cannot <do what> as <need>: <name> is <value>", see cannot() of lib/check.ts',
        });
      },
    };
  },
};
