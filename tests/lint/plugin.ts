/**
 * The house rules that a linter can see, as a plugin of `deno lint`.
 *
 * @module
 */
import { errorText } from "./error_text.ts";
import { noClock, noMathRandom } from "./impure.ts";
import { noTopLevelArrow } from "./top_level_arrow.ts";

const plugin: Deno.lint.Plugin = {
  name: "resolvent",
  rules: {
    "no-math-random": noMathRandom,
    "no-clock": noClock,
    "error-text": errorText,
    "no-top-level-arrow": noTopLevelArrow,
  },
};

export default plugin;
