/**
 * The backends of TensorFlow.js on which suites run.
 *
 * @module
 */
import { loadTf, type Tensor, type Tf } from "../../lib/backend/tf.ts";
import { type Matrix, matrix } from "resolvent";
import { requirement } from "./requirements.ts";

/** Names of the backends that every suite runs on. */
export const BACKENDS = ["cpu", "wasm", "webgpu"] as const;

/** Name of a backend. */
export type BackendName = (typeof BACKENDS)[number];

/** Whether the tests on a backend can run: WebGPU needs an adapter, a software one is enough. */
export async function backendRequirement(name: BackendName): Promise<{ readonly ignore: boolean }> {
  if (name !== "webgpu") return { ignore: false };
  const adapter = await navigator.gpu?.requestAdapter();
  return requirement(
    "WebGPU",
    () => adapter !== null && adapter !== undefined,
    "a Vulkan driver, such as Mesa's (apt-get install mesa-vulkan-drivers)",
  );
}

/** Makes a backend the one in use. */
export async function useBackend(name: BackendName): Promise<Tf> {
  const tf = await loadTf();
  if (name === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  if (name === "webgpu") await import("@tensorflow/tfjs-backend-webgpu");
  if (!await tf.setBackend(name)) throw new Error(`Cannot use ${name}`);
  return tf;
}

/** The numbers of a tensor, row by row; one without rows is a row. */
export async function numbersOf(a: Tensor): Promise<Matrix> {
  const cols = a.shape.at(-1) ?? 1;
  const rows = cols === 0 ? a.shape[0] : a.size / cols;
  return matrix(rows, cols, Float64Array.from(await a.data()));
}
