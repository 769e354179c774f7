import { eigh, linalgProvider, polarFactor, qr, rng, singularValues, svd } from "resolvent";
import { assert, assertLess } from "@std/assert";
import { lapackIfFound, withKernels } from "../../lib/linalg/provider.ts";
import { portableKernels } from "../../lib/linalg/portable.ts";
import { linalgContract } from "./contract.ts";
import { repeatedContract } from "./repeated_contract.ts";
import { relativeDistance, spectrumDistance, symmetrised, withSpectrum } from "./matrices.ts";

/** Agreement of providers on well-conditioned input that is promised to users. */
const PROMISED = 1e-10;

const lapack = lapackIfFound();
const { hint } = linalgProvider();

if (lapack === null) {
  console.log(`LAPACK is not tested, since none was found: ${hint}`);
  Deno.test({
    name: "linalgProvider() finds LAPACK where everything is required",
    ignore: Deno.env.get("RESOLVENT_REQUIRE_ALL") !== "1",
    fn(): void {
      assert(lapack !== null, `no BLAS was found: ${hint}`);
    },
  });
} else {
  linalgContract("LAPACK", lapack);
  repeatedContract("LAPACK", lapack);

  Deno.test("LAPACK and portable code agree on well-conditioned input", () => {
    const key = rng("providers");
    const s = Array.from({ length: 90 }, (_, i) => 2 - i / 60);
    const a = withSpectrum(key, s, [120, 90]);
    const gram = symmetrised(withSpectrum(key.fork("symmetric"), s, [90, 90]));
    const ours = withKernels(portableKernels, () => everything(a, gram));
    const theirs = withKernels(lapack, () => everything(a, gram));
    assertLess(spectrumDistance(theirs.values, ours.values), PROMISED);
    assertLess(spectrumDistance(theirs.alone, ours.alone), PROMISED);
    assertLess(spectrumDistance(theirs.eigen, ours.eigen), PROMISED);
    // These two are unique, so the matrices themselves agree.
    assertLess(relativeDistance(theirs.factor, ours.factor), PROMISED);
    assertLess(relativeDistance(theirs.r, ours.r), PROMISED);
  });
}

/** What can be compared entry by entry. */
function everything(
  a: Parameters<typeof svd>[0],
  gram: Parameters<typeof svd>[0],
): {
  readonly values: Float64Array;
  readonly alone: Float64Array;
  readonly eigen: Float64Array;
  readonly factor: Parameters<typeof svd>[0];
  readonly r: Parameters<typeof svd>[0];
} {
  return {
    values: svd(a).s,
    alone: singularValues(a),
    eigen: eigh(gram).values,
    factor: polarFactor(a),
    r: qr(a).r,
  };
}
