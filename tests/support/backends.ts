/**
 * The backends of TensorFlow.js on which suites run.
 *
 * @module
 */
import { backend, type BackendName, type Matrix, matrix } from "resolvent";
import { ADAPTER_HINT, findAdapter } from "../../lib/backend/adapter.ts";
import { type Tensor, type Tf, tf } from "../../lib/backend/tf.ts";
import { requirement } from "./requirements.ts";

export type { BackendName };

/** Names of the backends that every suite runs on. */
export const BACKENDS = ["cpu", "wasm", "webgpu"] as const;

/** Whether the tests on a backend can run: WebGPU needs an adapter, a software one is enough. */
export async function backendRequirement(name: BackendName): Promise<{ readonly ignore: boolean }> {
  if (name !== "webgpu") return { ignore: false };
  const adapter = await findAdapter();
  return requirement("WebGPU", () => adapter !== null, "an adapter: " + ADAPTER_HINT);
}

/** Makes a backend the one in use. */
export async function useBackend(name: BackendName): Promise<Tf> {
  await backend({ prefer: name });
  return tf("run a test");
}

/** The numbers of a tensor, row by row; one without rows is a row. */
export async function numbersOf(a: Tensor): Promise<Matrix> {
  const cols = a.shape.at(-1) ?? 1;
  const rows = cols === 0 ? a.shape[0] : a.size / cols;
  return matrix(rows, cols, Float64Array.from(await a.data()));
}
