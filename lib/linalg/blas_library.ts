/**
 * Opens a library with BLAS and LAPACK through Deno's foreign function interface.
 *
 * @module
 */
import { shown } from "../check.ts";
import type { BlasCandidate } from "./blas_discovery.ts";
import { endWithoutDestructors } from "./end_of_process.ts";

/** A Fortran subroutine: every argument by reference, then the lengths of the strings by value. */
export type Fortran = (...args: readonly (BufferSource | number)[]) => void;

/** The routines that are used, under their names without prefix and underscore. */
export type BlasRoutines = Readonly<Record<(typeof FORTRAN)[number][0], Fortran>> & {
  readonly dgemm: (...args: readonly (BufferSource | number)[]) => void;
  readonly dgemv: (...args: readonly (BufferSource | number)[]) => void;
  readonly dsyrk: (...args: readonly (BufferSource | number)[]) => void;
  readonly sgemm: (...args: readonly (BufferSource | number)[]) => void;
};

/** An open library. */
export type BlasLibrary = {
  /** Make of the library; `BLAS` if it does not tell. */
  readonly name: "MKL" | "OpenBLAS" | "Accelerate" | "BLAS";
  /** Path, or the name that the system's loader found. */
  readonly path: string;
  /** What the library tells of itself. */
  readonly version: string | null;
  /** Its routines. */
  readonly routines: BlasRoutines;
  /** Sets its number of threads, where it can. */
  readonly setThreads: (count: number) => void;
};

/** LAPACK routines: name, arguments by reference, strings among them. */
const FORTRAN = [
  ["dgesdd", 14, 1],
  ["dgesvd", 14, 2],
  ["dsyevd", 11, 2],
  ["dgelqf", 8, 0],
  ["dorglq", 9, 0],
  ["dpotrf", 5, 1],
  ["dgetrf", 6, 0],
  ["dgetrs", 9, 1],
  ["dgelsd", 14, 0],
] as const;

const DGEMM: readonly Deno.NativeType[] = [
  ...Array<"i32">(6).fill("i32"),
  "f64",
  "buffer",
  "i32",
  "buffer",
  "i32",
  "f64",
  "buffer",
  "i32",
];
const SGEMM = DGEMM.map((type) => type === "f64" ? "f32" : type);
const DGEMV: readonly Deno.NativeType[] = [
  ...Array<"i32">(4).fill("i32"),
  "f64",
  "buffer",
  "i32",
  "buffer",
  "i32",
  "f64",
  "buffer",
  "i32",
];
const DSYRK: readonly Deno.NativeType[] = [
  ...Array<"i32">(5).fill("i32"),
  "f64",
  "buffer",
  "i32",
  "f64",
  "buffer",
  "i32",
];

/** One integer by reference. */
export function int(value: number): Int32Array<ArrayBuffer> {
  return Int32Array.of(value);
}

/** One letter by reference. */
export function letter(value: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value.charCodeAt(0));
}

/** Opens a candidate, or throws the loader's own error. */
export function openBlas({ path, prefix }: BlasCandidate): BlasLibrary {
  const required: Record<string, Deno.ForeignFunction> = {
    dgemm: { name: `${prefix}cblas_dgemm`, parameters: DGEMM, result: "void" },
    sgemm: { name: `${prefix}cblas_sgemm`, parameters: SGEMM, result: "void" },
    dgemv: { name: `${prefix}cblas_dgemv`, parameters: DGEMV, result: "void" },
    dsyrk: { name: `${prefix}cblas_dsyrk`, parameters: DSYRK, result: "void" },
  };
  for (const [name, references, strings] of FORTRAN) {
    const parameters: readonly Deno.NativeType[] = [
      ...Array<"buffer">(references).fill("buffer"),
      // gfortran passes the length of each string after all other arguments.
      ...Array<"usize">(strings).fill("usize"),
    ];
    required[name] = { name: `${prefix}${name}_`, parameters, result: "void" };
  }
  const { symbols } = Deno.dlopen(path, {
    ...required,
    config: optional(`${prefix}openblas_get_config`, [], "pointer"),
    openblasThreads: optional(`${prefix}openblas_set_num_threads`, ["i32"], "void"),
    mklVersion: optional("MKL_Get_Version_String", ["buffer", "i32"], "void"),
    mklThreads: optional("MKL_Set_Num_Threads", ["i32"], "void"),
  });
  const call = symbols as unknown as Record<string, ((...args: unknown[]) => unknown) | null>;
  const version = versionOf(call);
  if (version?.includes("USE64BITINT")) {
    throw new Error(
      `Cannot load BLAS and LAPACK as integers must have 32 bits: the library is ${shown(version)}`,
    );
  }
  endWithoutDestructors();
  const setThreads = call.openblasThreads ?? call.mklThreads;
  return {
    name: nameOf(call, path),
    path,
    version,
    routines: symbols as unknown as BlasRoutines,
    setThreads: (count) => void setThreads?.(count),
  };
}

/** Opens the library that a user named; an error says what the loader said. */
export function openNamedBlas(path: string): BlasLibrary {
  const said: string[] = [];
  for (const prefix of ["", "scipy_"] as const) {
    try {
      return openBlas({ path, prefix });
    } catch (error) {
      said.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `Cannot load BLAS and LAPACK as RESOLVENT_BLAS must be "off" or the path of a library that holds both: RESOLVENT_BLAS is ${
      shown(path)
    } (${[...new Set(said)].join("; ")})`,
  );
}

/** A symbol that may be missing. */
function optional(
  name: string,
  parameters: readonly Deno.NativeType[],
  result: "void" | "pointer",
): Deno.ForeignFunction {
  return { name, parameters, result, optional: true };
}

/** What a library tells of its version. */
function versionOf(
  call: Record<string, ((...args: unknown[]) => unknown) | null>,
): string | null {
  if (call.config) {
    const at = call.config() as Deno.PointerValue;
    return at === null ? null : new Deno.UnsafePointerView(at).getCString().trim();
  }
  if (call.mklVersion) {
    const bytes = new Uint8Array(256);
    call.mklVersion(bytes, bytes.length);
    return new TextDecoder().decode(bytes).replace(/[\0\s]+$/, "");
  }
  return null;
}

/** The make of a library, by the symbols that only it has. */
function nameOf(
  call: Record<string, ((...args: unknown[]) => unknown) | null>,
  path: string,
): BlasLibrary["name"] {
  if (call.config) return "OpenBLAS";
  if (call.mklVersion) return "MKL";
  return path.includes("Accelerate") ? "Accelerate" : "BLAS";
}
