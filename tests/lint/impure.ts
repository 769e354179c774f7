/**
 * Rules against hidden inputs: a result must follow from its arguments alone.
 *
 * @module
 */
import { placeOf } from "./place.ts";

/** Name of the object of `object.property` where both are plain names. */
function memberNames(node: Deno.lint.MemberExpression): readonly [string, string] | null {
  const property = node.property;
  const name = property.type === "Identifier" && !node.computed
    ? property.name
    : property.type === "Literal"
    ? String(property.value)
    : null;
  if (name === null) return null;
  if (node.object.type === "Identifier") return [node.object.name, name];
  // globalThis.Math.random, Temporal.Now.instant
  if (node.object.type === "MemberExpression" && node.object.property.type === "Identifier") {
    return [node.object.property.name, name];
  }
  return null;
}

/** Tells whether a file is library code that may not read the clock: `lib/` without `lib/run/`. */
export function isClockless(filename: string): boolean {
  const place = placeOf(filename);
  return place.startsWith("lib/") && !place.startsWith("lib/run/");
}

/** No `Math.random` anywhere: randomness is a value that an experiment is given. */
export const noMathRandom: Deno.lint.Rule = {
  create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
    const hint = "Draw from a key: rng(seed).fork(label).uniform(shape)";
    return {
      MemberExpression(node): void {
        const names = memberNames(node);
        if (names?.[0] !== "Math" || names[1] !== "random") return;
        context.report({ node, message: "Math.random makes a result that no seed repeats", hint });
      },
      VariableDeclarator(node): void {
        if (node.init?.type !== "Identifier" || node.init.name !== "Math") return;
        context.report({ node, message: "Math may not be renamed or taken apart", hint });
      },
    };
  },
};

const CLOCKS: ReadonlySet<string> = new Set([
  "Date.now",
  "performance.now",
  "performance.timeOrigin",
  "performance.mark",
  "performance.measure",
  "process.hrtime",
  "process.uptime",
]);

/** No clock in `lib/` outside `lib/run/`: results and pages may not depend on when they are made. */
export const noClock: Deno.lint.Rule = {
  create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
    if (!isClockless(context.filename)) return {};
    function report(node: Deno.lint.Node): void {
      context.report({
        node,
        message: "The clock is read outside lib/run",
        hint: "Take the time as an argument, or from the functions of lib/run",
      });
    }
    return {
      MemberExpression(node): void {
        const names = memberNames(node);
        if (names === null) return;
        if (CLOCKS.has(names.join(".")) || names.join(".") === "Temporal.Now") report(node);
      },
      NewExpression(node): void {
        if (node.callee.type !== "Identifier" || node.callee.name !== "Date") return;
        if (node.arguments.length === 0) report(node);
      },
      CallExpression(node): void {
        if (node.callee.type === "Identifier" && node.callee.name === "Date") report(node);
      },
      VariableDeclarator(node): void {
        if (node.init?.type !== "Identifier" || node.id.type !== "ObjectPattern") return;
        if (["Date", "performance", "Temporal"].includes(node.init.name)) report(node);
      },
    };
  },
};
