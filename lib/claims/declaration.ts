/**
 * A claim's declaration: its fields checked, and the hash by which a later change is seen.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { cannot, checkChoice, checkInteger, checkNumber } from "../check.ts";
import { bareCriterion } from "./criterion.ts";
import { KINDS } from "./estimand.ts";
import type { ClaimFields, ClaimInput } from "./fields.ts";

/** Fields of a claim with defaults filled in, or an error that names what is wrong. */
export function declare(input: ClaimInput): ClaimFields {
  const doing = `declare claim ${text("declare a claim", "id", input?.id)}`;
  text(doing, "statement", input.statement);
  checkChoice(doing, "estimand.kind", input.estimand?.kind, KINDS);
  text(doing, "estimand.of", input.estimand.of);
  if (input.estimand.over !== undefined) text(doing, "estimand.over", input.estimand.over);
  bareCriterion(input.criterion ?? {});
  checkChoice(doing, "origin", input.origin, ["theorem", "paper", "convention", "pilot"]);
  checkChoice(doing, "profile", input.profile ?? "quick", ["quick", "full"]);
  const n = typeof input.n === "number" ? { quick: input.n, full: input.n } : input.n;
  checkInteger(doing, "n.quick", n?.quick, { min: 1 });
  checkInteger(doing, "n.full", n.full, { min: 1 });
  const { control } = input;
  if (typeof control !== "object" || control === null) {
    throw new TypeError(
      cannot(doing, "it needs a control, or { none: reason }", "control", control),
    );
  }
  if ("none" in control) text(doing, "control.none", control.none);
  else {
    text(doing, "control.statement", control.statement);
    if (control.expected !== undefined) text(doing, "control.expected", control.expected);
  }
  if (input.censoredUpTo !== undefined) {
    checkNumber(doing, "censoredUpTo", input.censoredUpTo, { min: 0, max: 1 });
  }
  checkScale(doing, input);
  const { source, scale, seed, ...fields } = input;
  const given = withoutMethods(fields);
  return {
    ...given,
    where: given.where ?? source ?? "",
    setup: given.setup ?? "",
    sizes: given.sizes ?? {
      quick: scale?.here ?? "",
      full: scale?.here ?? "",
      paper: scale?.paper ?? "",
    },
    covers: given.covers ?? scale?.kind !== "reduced",
    n,
    expectedSd: given.expectedSd ?? null,
    sensitivity: given.sensitivity ?? [],
    profile: given.profile ?? "quick",
    ...(seed === undefined ? {} : { seed: String(seed) }),
  };
}

/** Throws unless the scale, if there is one, can stand for the sizes. */
function checkScale(doing: string, { scale, sizes }: ClaimInput): void {
  if (scale === undefined) return;
  checkChoice(doing, "scale.kind", scale?.kind, ["paper", "reduced"]);
  text(doing, "scale.here", scale.here);
  text(doing, "scale.paper", scale.paper);
  if (sizes === undefined) return;
  throw new TypeError(cannot(doing, "scale stands in the place of sizes", "sizes", sizes));
}

/** The fields of a claim that was declared before, without what `claim` added. */
function withoutMethods<T extends object>(fields: T): T {
  const added = ["declarationHash", "decide", "sensitivityRow"];
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !added.includes(key))) as T;
}

/** Returns `value`, a text that is not empty, or throws. */
function text(doing: string, name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(cannot(doing, `${name} must be a text`, name, value));
}

/**
 * Hash of a declaration: SHA-256 of the fields as JSON with sorted keys and without spaces.
 *
 * Left out is what decides nothing: `power`, `cost`, the reason of the criterion, and whether a
 * logarithm is reported back as a ratio. Functions are never hashed.
 */
export function declarationHash(fields: ClaimFields): string {
  return createHash("sha256").update(canonicalJson(declaredFields(fields))).digest("hex");
}

/** The part of a declaration that is hashed. */
export function declaredFields(fields: ClaimFields): Readonly<Record<string, unknown>> {
  const { power: _power, cost: _cost, estimand, criterion, control, ...rest } = withoutMethods(
    fields,
  );
  return {
    ...rest,
    estimand: estimand.over === undefined
      ? { kind: estimand.kind, of: estimand.of }
      : { kind: estimand.kind, of: estimand.of, over: estimand.over, log: estimand.log ?? false },
    criterion: bareCriterion(criterion),
    control: "none" in control ? { none: control.none } : {
      statement: control.statement,
      setup: control.setup,
      expected: control.expected,
    },
  };
}

/** Hash of what a claim file declares: without the notebook's own choices and seed. */
export function catalogHash(fields: ClaimFields): string {
  const { choices: _choices, seed: _seed, censoredUpTo: _censored, ...declared } = fields;
  return declarationHash(declared);
}

/** JSON of plain data with sorted keys; fields that are undefined or functions are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item) =>
      typeof item === "object" && item !== null && !Array.isArray(item)
        ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0),
        )
        : item,
  );
}
