/**
 * Rules of layers: one of the two steps, or the one that measured ranks ask for.
 *
 * @module
 */
import { cannot, checkChoice, checkNumber, checkOptions } from "../check.ts";
import type { LayerStepOptions } from "../theory/layer_step.ts";

/** A rule that goes by the ranks that are measured. */
export type LayerRouting = {
  /** Spectral from `nr(G) >= threshold st(A)`, above 0. Default: 1. */
  readonly threshold?: number;
  /** Factor by which the ranks must pass the threshold for a change, at least 1. Default: 1. */
  readonly hysteresis?: number;
};

/** The rule of a layer: one of the two steps, or the one that the ranks ask for. */
export type LayerRule = LayerStepOptions["rule"] | LayerRouting;

/** One rule for all weights, or one for each name. */
export type RulesOf = LayerRule | Readonly<Record<string, LayerRule>>;

const STEPS = ["euclidean", "spectral"] as const;

/** Which step a layer takes, and how often it was the spectral one. */
export class LayerRoute {
  readonly #rule: LayerRule;
  #now: LayerStepOptions["rule"] | null;
  #spectral = 0;
  #steps = 0;

  constructor(rule: LayerRule) {
    this.#rule = rule;
    this.#now = typeof rule === "string" ? rule : null;
  }

  /** Whether it wants to know the ranks. */
  get asks(): boolean {
    return typeof this.#rule !== "string";
  }

  /** Takes nr(G) / st(A). */
  choose(ratio: number): void {
    if (typeof this.#rule === "string") return;
    const { threshold = 1, hysteresis = 1 } = this.#rule;
    const margin = this.#now === null ? 1 : this.#now === "spectral" ? 1 / hysteresis : hysteresis;
    this.#now = ratio >= threshold * margin ? "spectral" : "euclidean";
  }

  /** The rule of this step. */
  take(): LayerStepOptions["rule"] {
    this.#steps++;
    this.#spectral += Number(this.#now === "spectral");
    return this.#now!;
  }

  get share(): number {
    return this.#spectral / this.#steps;
  }
}

/** The rule of each weight. */
export function rulesByName(
  doing: string,
  names: readonly string[],
  rules: RulesOf,
): Readonly<Record<string, LayerRule>> {
  const single = typeof rules === "string" || isRouting(rules);
  if (!single) checkOptions(doing, rules, "rules");
  return Object.fromEntries(names.map((name) => {
    const rule = single ? rules as LayerRule : (rules as Readonly<Record<string, LayerRule>>)[name];
    return [name, checkRule(doing, `rules.${name}`, rule)];
  }));
}

/** Whether it is settings of routing; an empty record of rules is one for all weights. */
function isRouting(rules: unknown): rules is LayerRouting {
  if (typeof rules !== "object" || rules === null) return false;
  return Object.keys(rules).every((key) => key === "threshold" || key === "hysteresis");
}

/** Returns a rule, or throws. */
function checkRule(doing: string, name: string, rule: LayerRule): LayerRule {
  if (typeof rule === "string") return checkChoice(doing, name, rule, STEPS);
  if (!isRouting(rule)) {
    const need = 'a rule must be "euclidean", "spectral", or { threshold, hysteresis }';
    throw new TypeError(cannot(doing, need, name, rule));
  }
  checkNumber(doing, `${name}.threshold`, rule.threshold ?? 1, { above: 0 });
  checkNumber(doing, `${name}.hysteresis`, rule.hysteresis ?? 1, { min: 1 });
  return rule;
}
