/**
 * What every public function does with arguments that are missing: it works, or says what it needs.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as resolvent from "resolvent";
import { textFault } from "./lint/error_text.ts";

const { matrix, rng } = resolvent;

/** Functions that read what they are given before they look at it; each other one refuses by name. */
const READS_FIRST: ReadonlySet<string> = new Set([
  // plot
  "histogram",
  "lines",
  "multiples",
  "points",
  "spectrum",
]);

/** Any function. */
type Callable = (...args: readonly unknown[]) => unknown;

/** What is wrong with how a call fails; null where it works or refuses in the grammar of errors. */
async function fault(call: () => unknown): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return `throws ${error}`;
    // the engine's own texts begin with "Cannot " too, but do not say what is needed
    const found = textFault(error.message);
    return found === null ? null : `${error.constructor.name}: ${error.message}`;
  }
}

/** The public functions that are held to it. */
function functionsOf(): readonly (readonly [string, Callable])[] {
  return Object.entries(resolvent).flatMap(([name, value]) =>
    typeof value === "function" && !READS_FIRST.has(name) ? [[name, value as Callable]] : []
  );
}

Deno.test("every public function works or says what it needs without arguments", async () => {
  const faults: string[] = [];
  for (const [name, call] of functionsOf()) {
    const found = await fault(() => call());
    if (found !== null) faults.push(`${name}(): ${found}`);
  }
  assertEquals(faults, []);
});

Deno.test("every public function works or says what it needs of nulls", async () => {
  const faults: string[] = [];
  for (const [name, call] of functionsOf()) {
    for (const count of [1, 2, 3]) {
      const found = await fault(() => call(...new Array(count).fill(null)));
      if (found !== null) faults.push(`${name} of ${count} nulls: ${found}`);
    }
  }
  assertEquals(faults, []);
});

Deno.test("a public function says what it needs after its first arguments", async () => {
  const key = rng(1);
  const a = matrix(2, 2, [1, 0, 0, 2]);
  const problem = resolvent.matrixRegression(a, a);
  const model = resolvent.mlp({ sizes: [2, 1, 2] }), params = model.init(key);
  const table: Readonly<Record<string, readonly unknown[]>> = {
    activate: [a],
    activationMean: ["relu"],
    activationSecondMoment: ["relu"],
    applyUpdate: [a],
    bootstrapInterval: [[1, 2, 3], key],
    contextDecision: [key],
    crossEntropyLoss: [model],
    delayedMatch: [key],
    embeddedTokens: [a],
    empiricalNtk: [model, params, a],
    featureSecondMoment: [a],
    featuresOf: [a, a],
    gaussianInputs: [key],
    gaussianTeacher: [key],
    gradientFlowPrediction: [a, a],
    haarMatrix: [key],
    hillClimb: [1, key],
    jacobianVectorProduct: [model, params, a],
    kernelAlignment: [a, a],
    kernelRegression: [a, a],
    kernelTargetAlignment: [a, a],
    lineSearchLosses: [problem],
    linearize: [model],
    logSpacedIntegers: [3],
    lowRank: [key, [2, 2]],
    lowRankFactors: [key, [2, 2]],
    matrixWithSpectrum: [key, [2, 2]],
    meanInterval: [[1, 2, 3]],
    medianInterval: [[1, 2, 3, 4, 5, 6, 7, 8, 9]],
    monteCarloNtk: [model, key],
    newtonSchulz: [a],
    notDecided: [null, "not run"],
    ntkVectorProduct: [model, params, a],
    numericalRank: [a],
    onWorkers: [Math.abs],
    oneHotMatrix: [[0, 1]],
    oneHotOperator: [[0, 1]],
    orthogonal: [key, [2, 2]],
    outside: [1],
    perceptualDecision: [key],
    polarExpress: [a],
    powerLawRegression: [key],
    proportionInterval: [1, 2],
    randomFeatures: [a, key],
    scaled: [key, [2, 2]],
    slopeFit: [[1, 2], [1, 2]],
    spiked: [key, [2, 2]],
    spikedFeatures: [key],
    spikedRandomFeatures: [key],
    squareLoss: [model],
    tokenize: ["to be"],
    vectorJacobianProduct: [model, params, a],
    trainedEnsemble: [{
      train: { nngp: a, ntk: a },
      cross: { nngp: a, ntk: a },
      test: { nngp: a },
    }, a],
    warmup: [1],
    within: [1],
  };
  const faults: string[] = [];
  for (const [name, leading] of Object.entries(table)) {
    const call = (resolvent as unknown as Readonly<Record<string, Callable>>)[name];
    for (let count = 1; count <= leading.length; count++) {
      for (const rest of [[], [null], [3], [{}]]) {
        const found = await fault(() => call(...leading.slice(0, count), ...rest));
        if (found !== null) {
          faults.push(`${name} of ${count} and ${JSON.stringify(rest)}: ${found}`);
        }
      }
    }
  }
  assertEquals(faults, []);
});
