/**
 * The processor that OpenBLAS should compute for. A release older than the processor takes it for a
 * plain 64-bit one and multiplies matrices four times slower (Debian's 0.3.21 on Intel's fifth
 * Xeon), so the vector units are read from the system and named before the library is loaded.
 *
 * @module
 */

/** The environment variable that OpenBLAS reads when it is loaded. */
const VARIABLE = "OPENBLAS_CORETYPE";
/** Parts of AVX-512 that the kernels for SkylakeX use. */
const SKYLAKEX: readonly string[] = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"];

/** The name of the kernels that a processor can run, or `null` where none is better than detection. */
export function openblasCore(cpuinfo: string): "SkylakeX" | "Haswell" | "Zen" | null {
  const flags = new Set((/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1] ?? "").trim().split(/\s+/));
  if (SKYLAKEX.every((flag) => flags.has(flag))) return "SkylakeX";
  if (!flags.has("avx2") || !flags.has("fma")) return null;
  return cpuinfo.includes("AuthenticAMD") ? "Zen" : "Haswell";
}

/** Runs `open` while the environment names the processor, unless the user has named one. */
export function withOpenblasCore<T>(open: () => T): T {
  const mayName = Deno.permissions.querySync({ name: "env", variable: VARIABLE }).state;
  if (mayName !== "granted" || Deno.env.get(VARIABLE) !== undefined) return open();
  const core = openblasCore(readCpuinfo());
  if (core === null) return open();
  Deno.env.set(VARIABLE, core);
  try {
    return open();
  } finally {
    Deno.env.delete(VARIABLE);
  }
}

/** What Linux tells of the processor; empty elsewhere and where it may not be read. */
function readCpuinfo(): string {
  const path = "/proc/cpuinfo";
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") return "";
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return "";
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    // A container may hide it, and Deno asks for more than read permission there.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return "";
    throw error;
  }
}
