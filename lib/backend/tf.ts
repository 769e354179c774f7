/**
 * TensorFlow.js, loaded when a backend is chosen, and the types of its tensors.
 *
 * @module
 */

/** The library. */
export type Tf = typeof import("@tensorflow/tfjs");

// The library's own names for these would have to be public; what its functions return need not.

/** An array of float32 numbers that automatic differentiation can follow. */
export type Tensor = ReturnType<(typeof import("@tensorflow/tfjs"))["tensor"]>;

/** A tensor of one number. */
export type Scalar = ReturnType<(typeof import("@tensorflow/tfjs"))["scalar"]>;

/** A tensor of rank 1. */
export type Tensor1D = ReturnType<(typeof import("@tensorflow/tfjs"))["tensor1d"]>;

/** A tensor of rank 2. */
export type Tensor2D = ReturnType<(typeof import("@tensorflow/tfjs"))["tensor2d"]>;

/** A tensor of rank 3. */
export type Tensor3D = ReturnType<(typeof import("@tensorflow/tfjs"))["tensor3d"]>;

/** The packages, which must be those of the import map. */
export const PACKAGES = {
  tfjs: "npm:@tensorflow/tfjs@4.22.0",
  wasm: "npm:@tensorflow/tfjs-backend-wasm@4.22.0",
  webgpu: "npm:@tensorflow/tfjs-backend-webgpu@4.22.0",
} as const;

/** What is loaded; the library keeps its own state for the whole process, so that one is enough. */
const held: { library: Tf | null } = { library: null };

/** Loads the library, once. */
export async function loadTf(): Promise<Tf> {
  if (held.library !== null) return held.library;
  const library = await loadPackage<Tf>(PACKAGES.tfjs);
  library.env().set("PROD", true); // silences advice to install a package for Node
  return held.library = library;
}

/**
 * Loads a package. As its name is not a literal, only those who choose a backend download the 300 MB
 * of the library.
 */
export async function loadPackage<T>(name: string): Promise<T> {
  try {
    return await import(name);
  } catch (cause) {
    throw new Error(
      `Cannot load ${name} as it must be in the cache or the registry in reach: importing it failed`,
      { cause },
    );
  }
}

/** The library, or an error that says what it was needed for. */
export function tf(doing: string): Tf {
  if (held.library !== null) return held.library;
  throw new Error(
    `Cannot ${doing} as a backend must be chosen first: call await backend() before`,
  );
}

/** Whether a value is a tensor, disposed or not; needs no library. */
export function isTensor(value: unknown): value is Tensor {
  const a = value as Tensor;
  return typeof value === "object" && value !== null && "dataId" in a && Array.isArray(a.shape) &&
    typeof a.dtype === "string" && typeof a.dispose === "function";
}
