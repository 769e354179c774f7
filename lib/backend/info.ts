/**
 * What is known of a backend.
 *
 * @module
 */

/** Name of a backend, as TensorFlow.js has it. */
export type BackendName = "webgpu" | "wasm" | "cpu";

/** The names of all. */
export const BACKEND_NAMES: readonly BackendName[] = ["webgpu", "wasm", "cpu"];

/** What computes with tensors in this process, as plain data. */
export type BackendInfo = {
  /** Name of the backend. */
  readonly name: BackendName;
  /** What the adapter of WebGPU says of itself, `null` for the others. */
  readonly adapter: string | null;
  /** Whether that adapter computes on the processor, which then only proves that a program is right. */
  readonly software: boolean;
  /** Optional features in use: of the device, or of the processor. */
  readonly features: readonly string[];
  /** What multiplies matrices: the make of a BLAS, or the backend's own. */
  readonly products: string;
  /** Why this one. */
  readonly reason: string;
  /** Precision of its numbers. */
  readonly precision: "float32";
};

/** A backend in one line. */
export function backendText(
  { name, adapter, features, products, reason, precision }: BackendInfo,
): string {
  const where = adapter === null ? name : `${name} on ${[adapter, ...features].join(", ")}`;
  return `${precision} by ${where}, products by ${products}, as ${reason}`;
}
