/**
 * The backends of TensorFlow.js on which suites run.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { backend, type BackendName, type Matrix, matrix, type Params, toTensor } from "resolvent";
import { ADAPTER_HINT, findAdapter } from "../../lib/backend/adapter.ts";
import { type Tensor, type Tf, tf } from "../../lib/backend/tf.ts";
import { requirement } from "./requirements.ts";

export type { BackendName };

/** Names of the backends that every suite runs on. */
export const BACKENDS = ["cpu", "wasm", "webgpu"] as const;

/**
 * Rounding of a few operations of float32 at sides below 10, relative to the result; its roundoff is 6e-8.
 * The processors sum in other orders. WebGPU's quotients and roots may be off by 2.5 units in the last
 * place and its exponentials by more, though its software adapter is as exact as a processor. Longer
 * computations take a multiple of it.
 */
export const ROUNDING: Readonly<Record<BackendName, number>> = {
  cpu: 1e-6,
  wasm: 1e-6,
  webgpu: 3e-6,
};

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

/** What a test on a backend is given. */
export type OnBackend = {
  readonly name: BackendName;
  readonly tf: Tf;
  /** The backend's rounding of a few operations, relative to the result. */
  readonly rounding: number;
};

/** Registers a test on every backend, by a title with its name; the test must leave no tensor. */
export async function onEveryBackend(
  title: (name: BackendName) => string,
  test: (at: OnBackend) => Promise<void>,
): Promise<void> {
  for (const name of BACKENDS) {
    Deno.test({
      name: title(name),
      ...await backendRequirement(name),
      fn: async () => {
        const library = await useBackend(name);
        const before = library.memory().numTensors;
        await test({ name, tf: library, rounding: ROUNDING[name] });
        assertEquals(library.memory().numTensors, before, "tensors that were there before");
      },
    });
  }
}

/** Matrices by name as tensors. */
export function onDevice(arrays: Params): Params<Tensor> {
  return Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, toTensor(a)]));
}

/** Reads what is made by `make`, which leaves no other tensor. */
export async function read(library: Tf, make: () => Tensor): Promise<Matrix> {
  return (await readAll(library, () => ({ only: make() }))).only;
}

/** Reads all that is made by `make`, which leaves no other tensors. */
export async function readAll(
  library: Tf,
  make: () => Params<Tensor>,
): Promise<Params> {
  const before = library.memory().numTensors;
  const made = library.tidy(make as () => never) as Params<Tensor>;
  const list = Object.entries(made);
  assertEquals(library.memory().numTensors, before + list.length, "tensors that were made");
  const numbers = await Promise.all(
    list.map(async ([name, a]) => [name, await numbersOf(a)] as const),
  );
  library.dispose(list.map(([, a]) => a));
  return Object.fromEntries(numbers);
}

/** The numbers of a tensor, row by row; one without rows is a row. */
export async function numbersOf(a: Tensor): Promise<Matrix> {
  const cols = a.shape.at(-1) ?? 1;
  const rows = cols === 0 ? a.shape[0] : a.size / cols;
  return matrix(rows, cols, Float64Array.from(await a.data()));
}
