/**
 * Named functions are declared with `function`: they have a name in a stack, and may be used above
 * the line on which they stand.
 *
 * @module
 */
import { placeOf } from "./place.ts";

/** The values that the declarations of a statement begin with. */
function declarators(node: Deno.lint.Node): readonly Deno.lint.VariableDeclarator[] {
  if (node.type === "VariableDeclaration") return node.declarations;
  if (node.type === "ExportNamedDeclaration" && node.declaration?.type === "VariableDeclaration") {
    return node.declaration.declarations;
  }
  return [];
}

/** Takes off what TypeScript wraps around a value. */
function bare(node: Deno.lint.Node | null | undefined): Deno.lint.Node | null | undefined {
  if (node?.type === "TSAsExpression" || node?.type === "TSSatisfiesExpression") {
    return bare(node.expression);
  }
  return node;
}

/** No arrow function, and no function expression, as the value of a top-level name. */
export const noTopLevelArrow: Deno.lint.Rule = {
  create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
    // Cells of a notebook, joined to a module elsewhere, may be as short as they like.
    if (!/^(lib|tests|examples)\//.test(placeOf(context.filename))) return {};
    return {
      Program(program): void {
        for (const statement of program.body) {
          for (const { init } of declarators(statement)) {
            const value = bare(init);
            if (
              value?.type !== "ArrowFunctionExpression" && value?.type !== "FunctionExpression"
            ) continue;
            context.report({
              node: value,
              message: "A top-level function is an arrow or an expression",
              hint: "Declare it: function name(...): Type { ... }",
            });
          }
        }
      },
    };
  },
};
