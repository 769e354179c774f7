/**
 * The contract suite over all optimizers on matrices.
 *
 * @module
 */
import { assertThrows } from "@std/assert";
import { matrix } from "resolvent";
import { MATRICES } from "./arrays.ts";
import { contractTests } from "./contract.ts";
import { MEMBERS } from "./members.ts";

for (const member of MEMBERS) {
  contractTests(member, MATRICES);

  Deno.test(`${member.name} refuses what is not finite, where entries can be seen`, () => {
    const [rule, w] = [member.make(0.1), matrix(2, 3)];
    const g = matrix(2, 3, (i, j) => i + j === 3 ? NaN : 1);
    assertThrows(
      () => rule.update(g, rule.init(w), w),
      RangeError,
      "as every entry must be finite: gradient[1, 2] is NaN",
    );
  });
}
