/**
 * Chooses, once and when first needed, what computes: LAPACK where it is found, else portable code.
 *
 * @module
 */
import { cannot, checkInteger } from "../check.ts";
import { blasCandidates, installHint, surroundings } from "./blas_discovery.ts";
import { type BlasLibrary, type BlasRoutines, openBlas, openNamedBlas } from "./blas_library.ts";
import type { LinalgKernels } from "./kernels.ts";
import { lapackKernels } from "./lapack.ts";
import { withOpenblasCore } from "./openblas_core.ts";
import { portableKernels } from "./portable.ts";

/** What computes products and decompositions in this process. */
export type LinalgProvider = {
  /** Make of the library, `portable` for TypeScript; `BLAS` for a library that does not tell. */
  readonly name: "OpenBLAS" | "MKL" | "Accelerate" | "BLAS" | "portable";
  /** Path of the library, or `null`. */
  readonly path: string | null;
  /** What the library tells of its version, or `null`. */
  readonly version: string | null;
  /** What to do for a faster provider, in one line, or `null` where LAPACK was found. */
  readonly hint: string | null;
};

/** A provider and its kernels. */
type Chosen = {
  readonly description: LinalgProvider;
  readonly kernels: LinalgKernels;
  readonly routines: BlasRoutines | null;
  readonly setThreads: (count: number) => void;
};

/** The choice, which is made once in a process (and once in each worker). */
let chosen: Chosen | undefined;

/** Kernels that a test has put in place of the chosen ones. */
let forced: LinalgKernels | undefined;

/** The kernels in force. */
export function kernels(): LinalgKernels {
  return forced ?? provider().kernels;
}

/** Runs a function with the given kernels in place of the chosen ones. */
export function withKernels<T>(replacement: LinalgKernels, run: () => T): T {
  const before = forced;
  forced = replacement;
  try {
    return run();
  } finally {
    forced = before;
  }
}

/** The kernels of LAPACK, or `null` where no library is in use. */
export function lapackIfFound(): LinalgKernels | null {
  const { description, kernels } = provider();
  return description.name === "portable" ? null : kernels;
}

/** The routines of the library themselves, or `null` where none is in use. */
export function blasIfFound(): BlasRoutines | null {
  return provider().routines;
}

/**
 * Tells what computes products and decompositions, and how to get a faster provider.
 *
 * **Definition** The first that loads of: the environment variable `RESOLVENT_BLAS` (a path, or
 * `off`), MKL, OpenBLAS, Accelerate, PyPI's scipy-openblas32 in an active Python environment; else
 * portable TypeScript. Chosen once, when first needed.
 *
 * @returns Name, path and version of the provider, and a hint where it is the portable one
 * @throws {Error} if `RESOLVENT_BLAS` names a library that cannot be loaded
 *
 * @example A portable provider says what would be faster
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linalgProvider } from "resolvent";
 *
 * const { name, hint } = linalgProvider();
 * assertEquals(name === "portable", hint !== null);
 * ```
 *
 * Source: E. Anderson et al., LAPACK Users' Guide, 3rd edition, SIAM 1999.
 */
export function linalgProvider(): LinalgProvider {
  return provider().description;
}

/**
 * Sets the number of threads of the linear algebra library, for the whole process.
 *
 * **Definition** `openblas_set_num_threads` or `MKL_Set_Num_Threads`; portable code and Accelerate
 * have nothing to set, and then nothing happens.
 *
 * @param count Number of threads, an integer of at least 1
 * @throws {RangeError} if `count` is not an integer of at least 1
 *
 * @example One thread, as a pool of workers needs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { setLinalgThreads } from "resolvent";
 *
 * assertEquals(setLinalgThreads(1), undefined);
 * ```
 *
 * Source: OpenBLAS manual, "Runtime variables"; Intel oneMKL Developer Reference, "mkl_set_num_threads".
 */
export function setLinalgThreads(count: number): void {
  checkInteger("set the threads of linear algebra", "count", count, { min: 1 });
  provider().setThreads(count);
}

/** The choice; made at the first call. */
function provider(): Chosen {
  chosen ??= choose();
  return chosen;
}

/** Looks for a library, in the order of the definition. */
function choose(): Chosen {
  const around = surroundings();
  const named = around.env("RESOLVENT_BLAS");
  if (named === "off") return portable("unset RESOLVENT_BLAS, which is off");
  if (named) {
    if (!ffiGranted(named)) {
      throw new Error(
        cannot("load BLAS and LAPACK", "loading needs --allow-ffi", "RESOLVENT_BLAS", named),
      );
    }
    return byLapack(withOpenblasCore(() => openNamedBlas(named)));
  }
  const refused: string[] = [];
  let mayLoad = false;
  for (const candidate of blasCandidates(around)) {
    if (!ffiGranted(candidate.path)) continue;
    mayLoad = true;
    try {
      return byLapack(withOpenblasCore(() => openBlas(candidate)));
    } catch (error) {
      // A bare name is only a question to the loader; a file that exists should have loaded.
      if (candidate.path.includes("/")) refused.push(`${candidate.path}: ${messageOf(error)}`);
    }
  }
  if (!mayLoad && !ffiGranted()) {
    return portable("run deno with --allow-ffi --allow-env --allow-read");
  }
  const install = installHint(around.os, osRelease());
  return portable(refused.length ? `${install} (not usable: ${refused.join("; ")})` : install);
}

/** LAPACK as the choice. */
function byLapack(library: BlasLibrary): Chosen {
  const { name, path, version, setThreads } = library;
  return {
    description: { name, path, version, hint: null },
    kernels: lapackKernels(library.routines),
    routines: library.routines,
    setThreads,
  };
}

/** Portable code as the choice, and what would be faster. */
function portable(hint: string): Chosen {
  return {
    description: { name: "portable", path: null, version: null, hint },
    kernels: portableKernels,
    routines: null,
    setThreads(): void {},
  };
}

/** Whether a library may be loaded without asking the user. */
function ffiGranted(path?: string): boolean {
  return Deno.permissions.querySync({ name: "ffi", path }).state === "granted";
}

/** What the loader said. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Text that names the distribution, where there is one and it may be read. */
function osRelease(): string {
  const path = "/etc/os-release";
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return "";
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
