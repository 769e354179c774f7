/**
 * A notebook's study of one paper: it declares, decides, compares and reports its claims.
 *
 * @module
 */
import { cannot, checkChoice } from "../check.ts";
import { findPaper, loadLedger, paperClaims } from "../claims/catalog.ts";
import { type Claim, claim as declareClaim, notDecided } from "../claims/claim.ts";
import { catalogHash, declarationHash } from "../claims/declaration.ts";
import type { ClaimFields } from "../claims/fields.ts";
import type { Measure } from "../claims/measure.ts";
import { suggestion } from "../claims/slugs.ts";
import type { ShownVerdict } from "../claims/verdict.ts";
import { rng } from "../random/rng.ts";
import type { Rng } from "../random/types.ts";
import { progress } from "../run/progress.ts";
import { compareVerdicts, type Expectations, type Expected } from "./expectations.ts";
import { currentSink } from "./sink.ts";
import {
  changedFields,
  committedRow,
  committedVerdict,
  seedOf,
  smokeValue,
} from "./study_parts.ts";
import {
  type Displayed,
  sensitivityDisplay,
  type StudyRow,
  summaryDisplay,
} from "./study_tables.ts";
import type {
  Study,
  StudyDecideOptions,
  StudyOptions,
  StudyRecord,
  StudyRowOptions,
} from "./study_types.ts";

/**
 * Opens the study of a paper in its notebook, which declares, decides and compares its claims.
 *
 * **Definition** `key = rng(seed).fork(profile)`, so that the full profile has seeds which the quick one
 * has not seen; a claim draws from `key.fork(runs).split(n)`, `runs` being its id unless named.
 *
 * The profile comes from the environment variable RESOLVENT_PROFILE (quick or full; default quick),
 * another root seed from RESOLVENT_SEED. Verdicts and rows are reported to the run that captures them.
 *
 * @param slug Name of the paper in the catalogue, whose claims lie in notebooks/claims
 * @param options `seed`: root seed that the notebook declares, which enters the hash of every claim;
 * `folder`: where catalog.json, claims and ledger.json lie, default the notebooks of this project
 * @returns The study: `declared`, `decide`, `skip`, `sensitivity`, `sensitivityTable`, `summary`,
 * `expect`, and `profile`, `seed`, `key` of this run
 * @throws {RangeError} if the paper is unknown (the error names the closest) or the profile is
 * @throws {TypeError} if no seed is given, or the claim file does not follow its schema
 *
 * @example The criterion of a declared claim
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openStudy } from "resolvent/notebook";
 * import { claim, within } from "resolvent";
 *
 * const study = openStudy("spectral-updates-when", { seed: 1 });
 * const declared = study.declared("one-step-nuclear-rank-model-1");
 * const grows = claim({ ...declared, criterion: within(0.9, 1.1) });
 * assertEquals(grows.declarationHash, claim(declared).declarationHash);
 * ```
 *
 * Source: section "Claims" of the project's design.
 */
export function openStudy(slug: string, options: StudyOptions): Study {
  const doing = `open the study of ${slug}`;
  findPaper(slug, options?.folder);
  const file = paperClaims(slug, options?.folder);
  const catalog = new Map([...file.claims, ...file.ours].map((fields) => [fields.id, fields]));
  const ledger = loadLedger(options?.folder).claims;
  const profile = checkChoice(
    doing,
    "RESOLVENT_PROFILE",
    environment("RESOLVENT_PROFILE") ?? "quick",
    [
      "quick",
      "full",
    ],
  );
  if (options?.seed === undefined) {
    throw new TypeError(cannot(doing, "it declares a root seed", "seed", options?.seed));
  }
  const defaultSeed = String(options.seed);
  const seed = environment("RESOLVENT_SEED") ?? defaultSeed;
  const key = rng(seedOf(seed)).fork(profile);
  const verdicts = new Map<string, ShownVerdict>();
  const rows: StudyRow[] = [];
  const runsOf = new Map<string, string | undefined>();
  let expected: Expectations | undefined;

  function report(): void {
    const record: StudyRecord = {
      slug,
      profile,
      seed,
      defaultSeed,
      verdicts: [...verdicts.values()].map((verdict) => ({ ...verdict })),
      sensitivity: [...rows],
      ...(expected === undefined ? {} : { expected }),
    };
    currentSink()?.study?.(record);
  }

  function full(id: string): string {
    return id.includes("/") ? id : `${slug}/${id}`;
  }

  function declared(id: string): ClaimFields {
    const found = catalog.get(full(id));
    if (found !== undefined) return found;
    throw new RangeError(
      cannot(`read a claim of ${slug}`, "it must be declared in the claim file", "id", full(id)) +
        suggestion(full(id), [...catalog.keys()]),
    );
  }

  /** The claim with this study's seed; one that differs from its declaration needs a reason. */
  function settled(given: ClaimFields, amended?: string): { claim: Claim; amends?: string } {
    const wanted = declared(given.id);
    const criterion = given.criterion.why === undefined
      ? { ...given.criterion, why: wanted.criterion.why }
      : given.criterion;
    const claim = declareClaim({ ...given, criterion, seed: defaultSeed });
    if (catalogHash(claim) === catalogHash(wanted)) return { claim };
    if (amended === undefined) {
      const fields = changedFields(wanted, claim).join(", ");
      throw new RangeError(
        cannot(
          `decide claim ${given.id}`,
          "a declaration that differs from its claim file needs { amended: reason }",
          "what differs",
          fields,
        ),
      );
    }
    const { choices, censoredUpTo } = claim;
    return {
      claim,
      amends: declarationHash({ ...wanted, choices, censoredUpTo, seed: defaultSeed }),
    };
  }

  function record(verdict: ShownVerdict): ShownVerdict {
    if (verdicts.has(verdict.id)) {
      throw new RangeError(cannot(`study ${slug}`, "a claim is decided once", "id", verdict.id));
    }
    verdicts.set(verdict.id, verdict);
    report();
    return verdict;
  }

  function runKey(claim: ClaimFields, runs: string | undefined): Rng {
    return key.fork(runs ?? claim.id);
  }

  async function decide(
    given: ClaimFields,
    measure: Measure,
    { runs, ...rest }: StudyDecideOptions = {},
  ): Promise<ShownVerdict> {
    const { claim, amends } = settled(given, rest.amended);
    runsOf.set(claim.id, runs);
    const runKeyOf = runKey(claim, runs);
    if (claim.profile === "full" && profile === "quick") {
      return skip(given, await smokeValue(claim, measure, runKeyOf), rest);
    }
    const verdict = await counted(
      claim.id,
      (onProgress) =>
        claim.decide(runKeyOf, measure, { ...rest, amends, profile, seed, onProgress }),
    );
    return record(verdict);
  }

  function skip(
    given: ClaimFields,
    smoke?: number,
    { amended }: Pick<StudyDecideOptions, "amended"> = {},
  ): ShownVerdict {
    const { claim } = settled(given, amended);
    const committed = committedVerdict(ledger[claim.id]);
    const reason = `too dear for the ${profile} profile`;
    return record(notDecided(claim, reason, { smoke, committed, profile, seed }));
  }

  async function sensitivity(
    given: ClaimFields,
    label: string,
    measure: Measure,
    { profile: from = "quick", runs, ...rest }: StudyRowOptions = {},
  ): Promise<StudyRow> {
    const claim = declareClaim(given);
    const reached = profile === "full" || (from === "quick" && claim.profile === "quick");
    const row: StudyRow = reached
      ? {
        ...await counted(`${claim.id}, ${label}`, (onProgress) =>
          claim.sensitivityRow(label, runKey(claim, runs ?? runsOf.get(claim.id)), measure, {
            ...rest,
            profile,
            onProgress,
          })),
        source: "this run",
      }
      : committedRow(claim.id, label, ledger[claim.id]);
    rows.push(row);
    report();
    return row;
  }

  function expect(wanted: Expectations): Displayed {
    expected = Object.fromEntries(
      Object.entries(wanted).map(([id, value]) => [full(id), value] as [string, Expected]),
    );
    report();
    const problems = compareVerdicts([...verdicts.values()], expected, {
      profile,
      known: (id) => catalog.has(id),
      mayDiffer: (id) => seed !== defaultSeed && (verdicts.get(id)?.fragile === true || isOpen(id)),
    });
    if (problems.length === 0) return summary();
    throw new Error(
      `Cannot accept the verdicts of ${slug} (${profile}, seed ${seed}) as they must be those ` +
        `expected:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }

  /** Whether the committed verdict lies so near an edge, or across it, that other seeds may decide otherwise. */
  function isOpen(id: string): boolean {
    const committed = ledger[id]?.verdicts[profile];
    if (!committed) return false;
    const across = committed.status === "inconclusive" && committed.control?.holds !== false;
    return committed.fragile || across;
  }

  function summary(): Displayed {
    return summaryDisplay([...verdicts.values()]);
  }

  report();
  return {
    slug,
    profile,
    seed,
    key,
    declared,
    decide,
    skip,
    sensitivity,
    sensitivityTable: () => sensitivityDisplay(rows, [...verdicts.values()]),
    summary,
    expect,
  };
}

/** An environment variable, or undefined where it is empty or may not be read. */
function environment(name: string): string | undefined {
  return Deno.env.get(name) || undefined;
}

/** Runs something that counts its seeds, and shows how far it is. */
async function counted<T>(
  label: string,
  run: (onProgress: (progress: { readonly total: number }) => void) => Promise<T>,
): Promise<T> {
  let bar: ReturnType<typeof progress> | null = null;
  try {
    return await run(({ total }) => {
      bar ??= progress({ total, label });
      bar.tick();
    });
  } finally {
    await (bar as ReturnType<typeof progress> | null)?.finish();
  }
}
