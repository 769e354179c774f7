/**
 * What a result came from: versions, machine, settings, source.
 *
 * @module
 */
import { checkOptions } from "../check.ts";
import project from "../../deno.json" with { type: "json" };
import type { BackendInfo } from "../backend/info.ts";
import { usedBackend } from "../backend/state.ts";
import { linalgProvider } from "../linalg/provider.ts";
import { canonicalHash } from "./_canonical.ts";
import { sourceHash } from "./_sources.ts";

const DOING = "describe a run";

/** Settings of a run; fields beside seed and profile are kept as they are. */
export type RunSettings = {
  /** Root seed. Default: none. */
  readonly seed?: number | bigint | string | null;
  /** Profile, such as "quick" or "full". Default: none. */
  readonly profile?: string | null;
  /** Whatever else determines the result, plain data. */
  readonly [setting: string]: unknown;
};

/** Where a result came from, as plain data that can be written as JSON. */
export type Provenance = {
  /** Version of Resolvent. */
  readonly resolvent: string;
  /** Version of Deno. */
  readonly deno: string;
  /** Version of V8. */
  readonly v8: string;
  /** Version of TypeScript within Deno. */
  readonly typescript: string;
  /** Operating system. */
  readonly os: string;
  /** Architecture of the processor. */
  readonly arch: string;
  /** Number of logical cores. */
  readonly cores: number;
  /** Library that did the linear algebra: its name, version and file name (null: portable code). */
  readonly linalg: {
    readonly name: string;
    readonly version: string | null;
    readonly library: string | null;
  };
  /** What computed with tensors, in this process or else on its workers; null where nothing did. */
  readonly backend: BackendInfo | null;
  /** Precision of the matrices. */
  readonly precision: "float64";
  /** Root seed, a bigint as text that ends in n. */
  readonly seed: number | string | null;
  /** Profile. */
  readonly profile: string | null;
  /** The other settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** SHA-256 of the library's source and lock file. */
  readonly source: string;
  /** Date and time, ISO 8601 in UTC. */
  readonly date: string;
};

/**
 * Describes where a result came from: versions, machine, linear algebra, settings, source and date.
 *
 * **Definition** `source = SHA-256 of (path, length, bytes)` of mod.ts, each module of `lib` and
 * `deno.lock`, in order of path.
 *
 * @param settings Seed, profile, and whatever else determines the result, plain data
 * @returns Plain data that can be written as JSON
 * @throws {TypeError} if a setting is not plain data
 *
 * @example Beside a result
 * ```ts
 * import { assertEquals, assertMatch } from "@std/assert";
 * import { provenance } from "resolvent";
 *
 * const origin = provenance({ seed: 7, profile: "quick", width: 256 });
 * assertEquals([origin.seed, origin.settings.width, origin.precision], [7, 256, "float64"]);
 * assertMatch(origin.source, /^[0-9a-f]{64}$/);
 * ```
 *
 * Source: no paper; what a reader needs to run the same again.
 */
export function provenance(settings: RunSettings = {}): Provenance {
  const { seed = null, profile = null, ...others } = checkOptions(DOING, settings, "settings");
  canonicalHash(DOING, others); // refuses what is not plain data
  const provider = linalgProvider();
  return {
    resolvent: project.version,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    typescript: Deno.version.typescript,
    os: Deno.build.os,
    arch: Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    linalg: {
      name: provider.name,
      version: provider.version,
      library: provider.path?.split(/[\\/]/).at(-1) ?? null,
    },
    backend: usedBackend(),
    precision: "float64",
    seed: typeof seed === "bigint" ? `${seed}n` : seed,
    profile,
    settings: others,
    source: sourceHash(),
    date: new Date().toISOString(),
  };
}

/**
 * Key of a run: the same for two runs that must give the same result.
 *
 * **Definition** SHA-256 of settings, seed, profile, precision, source with lock file, Deno's version
 * and what computed: the library for linear algebra and, where one was chosen, the backend for
 * tensors; neither date nor number of cores.
 *
 * @param settings Seed, profile, and whatever else determines the result, plain data
 * @returns 64 hexadecimal digits
 * @throws {TypeError} if a setting is not plain data
 *
 * @example Settings in another order are the same run
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { runKey } from "resolvent";
 *
 * assertEquals(runKey({ seed: 1, width: 8 }), runKey({ width: 8, seed: 1 }));
 * assertNotEquals(runKey({ seed: 1 }), runKey({ seed: 2 }));
 * ```
 *
 * Source: no paper; content addressing, as in Nix or Bazel.
 */
export function runKey(settings: RunSettings = {}): string {
  const { seed, profile, settings: others, precision, source, deno, linalg, backend } = provenance(
    settings,
  );
  return canonicalHash("make the key of a run", {
    seed,
    profile,
    others,
    precision,
    source,
    deno,
    linalg,
    ...(backend !== null && { backend: { ...backend, reason: null } }),
  });
}
