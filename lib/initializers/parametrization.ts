/**
 * How variances, forward multipliers and learning rates of a network's layers go with its widths.
 *
 * @module
 */
import {
  cannot,
  checkChoice,
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
} from "../check.ts";

/** The kinds of parametrisation. */
export type ParametrizationKind = "standard" | "ntk" | "mean-field" | "mup";

/** Kind, sizes and optimizer of a network. */
export type ParametrizationOptions = {
  /** Which of the four. */
  readonly kind: ParametrizationKind;
  /** Units from the inputs to the outputs, at least three integers of at least 1. */
  readonly sizes: ArrayLike<number>;
  /** Whether steps go along the gradient ("sgd") or have entries of a fixed size ("adam"); default "sgd". */
  readonly optimizer?: "sgd" | "adam";
  /**
   * Factor of the variance of what the weights add up to, above 0; default 1. It multiplies the variance
   * of the weights, or, where the width is in the multiplier (ntk, mean-field), the multiplier's square.
   */
  readonly weightVariance?: number;
};

/** How the weights of one layer are drawn, used and trained. */
export type LayerScaling = {
  /** Which sides of the weights grow with the width: the one after, both, or the one before. */
  readonly role: "input" | "hidden" | "output";
  /** Shape `[in, out]` of the weights. */
  readonly shape: readonly [rows: number, cols: number];
  /** Variance of an entry at the start. */
  readonly variance: number;
  /** What the weights are multiplied by where they are used. */
  readonly multiplier: number;
  /** What the common learning rate is multiplied by for these weights. */
  readonly learningRate: number;
};

/** The three numbers of a layer from its fans. */
type Rule = (fanIn: number, fanOut: number) => Omit<LayerScaling, "role" | "shape">;
/** The rule of each role. */
type Rules = Readonly<Record<LayerScaling["role"], Rule>>;

/**
 * Gives the scalings of every layer of a network in a parametrisation.
 *
 * **Definition** layer `x (multiplier w)`, entries of w drawn with mean 0 and the variance, step of w
 * the common rate times `learningRate`; per layer variance, multiplier, rate, with i = units before the
 * weights, o = units after:
 *
 * | kind | input | hidden | output |
 * |---|---|---|---|
 * | standard | 1/i, 1, 1 | 1/i, 1, 1 | 1/i, 1, 1 |
 * | ntk, SGD | 1, i^(-1/2), 1 | 1, i^(-1/2), 1 | 1, i^(-1/2), 1 |
 * | ntk, Adam | 1, i^(-1/2), o^(-1/2) | 1, i^(-1/2), 1/i | 1, i^(-1/2), i^(-1/2) |
 * | mean-field, SGD | 1, i^(-1/2), o | 1, i^(-1/2), o | 1, 1/i, i |
 * | mean-field, Adam | 1, i^(-1/2), 1 | 1, i^(-1/2), i^(-1/2) | 1, 1/i, 1 |
 * | mup, SGD | 1/i, 1, o | 1/i, 1, 1 | 1/i^2, 1, 1/i |
 * | mup, Adam | 1/i, 1, 1 | 1/i, 1, 1/i | 1/i^2, 1, 1/i |
 *
 * As the width n of all hidden layers grows, pre-activations of hidden layers are of order 1 at the
 * start in each. The output is of order 1 for standard and ntk, `n^(-1/2)` for mean-field and mup. A
 * first step moves the output by order 1 in all but standard; it moves hidden pre-activations by
 * order 1 for mean-field and mup, `n^(-1/2)` for ntk. With one rate for all, standard is not stable: a
 * step of SGD moves its output by order n. Orders of constants: only ratios between widths are meant.
 *
 * @param options Kind, sizes `[inputs, hidden, ..., outputs]`, optimizer, variance
 * @returns One scaling per weight matrix, from the inputs on
 * @throws {RangeError} if the kind or the optimizer is not known, there are fewer than three sizes, one
 * is not an integer of at least 1, or the variance is not above 0
 * @throws {TypeError} if there are no options or no list of sizes
 *
 * @example The output layer of a network of width 100
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parametrization } from "resolvent";
 *
 * const output = parametrization({ kind: "mup", sizes: [3, 100, 100, 1] })[2];
 * assertEquals([output.variance, output.multiplier, output.learningRate], [1e-4, 1, 0.01]);
 * ```
 *
 * Source: Yang, Hu et al., arXiv:2203.03466, table 3 (mup), and Yang and Hu, arXiv:2011.14522, table 1;
 * Jacot, Gabriel and Hongler, arXiv:1806.07572 (ntk); Mei, Montanari and Nguyen, arXiv:1804.06561
 * (mean-field, one hidden layer), Bordelon and Pehlevan, arXiv:2205.09653, section 2 (several); LeCun et
 * al. (1998), Efficient BackProp (standard). For Adam with ntk and mean-field the rates follow from
 * updates with entries of order 1, tested by the orders above.
 */
export function parametrization(options: ParametrizationOptions): readonly LayerScaling[] {
  const doing = "parametrise a network";
  const { kind, sizes, optimizer = "sgd", weightVariance = 1 } = checkOptions(doing, options);
  checkChoice(doing, "kind", kind, ["standard", "ntk", "mean-field", "mup"]);
  checkChoice(doing, "optimizer", optimizer, ["sgd", "adam"]);
  checkNumber(doing, "weightVariance", weightVariance, { above: 0 });
  const units = Array.from(checkList(doing, "sizes", sizes));
  units.forEach((size, at) => checkInteger(doing, `sizes[${at}]`, size, { min: 1 }));
  if (units.length < 3) {
    const need = "sizes must be inputs, at least one hidden layer, outputs";
    throw new RangeError(cannot(doing, need, "sizes", sizes));
  }
  const rules = rulesOf(kind, optimizer);
  // A tangent kernel depends on which of the two carries it; NTKs of infinite width mean the multiplier.
  const inside = kind === "ntk" || kind === "mean-field";
  return units.slice(1).map((fanOut, at) => {
    const role = at === 0 ? "input" : at === units.length - 2 ? "output" : "hidden";
    const fanIn = units[at];
    const { variance, multiplier, learningRate } = rules[role](fanIn, fanOut);
    return {
      role,
      shape: [fanIn, fanOut],
      variance: inside ? variance : weightVariance * variance,
      multiplier: inside ? Math.sqrt(weightVariance) * multiplier : multiplier,
      learningRate,
    };
  });
}

/** The rules of a kind under an optimizer. */
function rulesOf(kind: ParametrizationKind, optimizer: "sgd" | "adam"): Rules {
  const adam = optimizer === "adam";
  switch (kind) {
    case "standard": {
      const rule: Rule = (i) => ({ variance: 1 / i, multiplier: 1, learningRate: 1 });
      return { input: rule, hidden: rule, output: rule };
    }
    case "ntk": {
      const rule = (i: number, rate: number) => ({
        variance: 1,
        multiplier: 1 / Math.sqrt(i),
        learningRate: adam ? rate : 1,
      });
      return {
        input: (i, o) => rule(i, 1 / Math.sqrt(o)),
        hidden: (i) => rule(i, 1 / i),
        output: (i) => rule(i, 1 / Math.sqrt(i)),
      };
    }
    case "mean-field": {
      const rule = (multiplier: number, rate: number) => ({
        variance: 1,
        multiplier,
        learningRate: rate,
      });
      return {
        input: (i, o) => rule(1 / Math.sqrt(i), adam ? 1 : o),
        hidden: (i, o) => rule(1 / Math.sqrt(i), adam ? 1 / Math.sqrt(i) : o),
        output: (i) => rule(1 / i, adam ? 1 : i),
      };
    }
    case "mup":
      return {
        input: (i, o) => ({ variance: 1 / i, multiplier: 1, learningRate: adam ? 1 : o }),
        hidden: (i) => ({ variance: 1 / i, multiplier: 1, learningRate: adam ? 1 / i : 1 }),
        output: (i) => ({ variance: 1 / (i * i), multiplier: 1, learningRate: 1 / i }),
      };
  }
}
