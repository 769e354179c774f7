/**
 * Chooses what computes with tensors, and tells what was chosen.
 *
 * @module
 */
import { cannot, checkChoice, checkOptions } from "../check.ts";
import { ADAPTER_HINT, adapterName, findAdapter, isSoftware } from "./adapter.ts";
import { prepareCpu } from "./cpu.ts";
import { BACKEND_NAMES, type BackendInfo, type BackendName } from "./info.ts";
import { backendState, type Made } from "./state.ts";
import { loadTf, type Tf } from "./tf.ts";
import { prepareWasm } from "./wasm.ts";
import { prepareWebgpu } from "./webgpu.ts";

const DOING = "choose a backend";

/** Wishes for a backend. */
export type BackendOptions = {
  /** Name of the backend. Default: the one in use, else `RESOLVENT_BACKEND`, else the fastest. */
  readonly prefer?: BackendName;
};

/**
 * Chooses what computes with tensors, loads it, and tells what it is.
 *
 * **Definition** The first of: what `prefer` names; what is in use; what the environment variable
 * `RESOLVENT_BACKEND` names; WebGPU on an adapter in hardware; wasm; cpu. A software adapter is only
 * used when `webgpu` is asked for. Products on wasm and cpu are by BLAS where `linalgProvider` finds it.
 *
 * @param options Name of a backend, `webgpu`, `wasm` or `cpu`
 * @returns Name, adapter, features, reason and precision; the same as before if nothing changes
 * @throws {RangeError} if `prefer` or `RESOLVENT_BACKEND` is not the name of a backend
 * @throws {Error} if what was asked for is not there, with what would bring it
 *
 * @example One that is always there
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend } from "resolvent";
 *
 * const { name, precision } = await backend({ prefer: "cpu" });
 * assertEquals([name, precision], ["cpu", "float32"]);
 * ```
 *
 * Source: D. Smilkov et al. (2019), TensorFlow.js: Machine Learning for the Web and Beyond, section 3.
 */
export async function backend(options: BackendOptions = {}): Promise<BackendInfo> {
  const { prefer } = checkOptions(DOING, options);
  if (prefer !== undefined) checkChoice(DOING, "prefer", prefer, BACKEND_NAMES);
  // one at a time, as the library has one backend
  const state = backendState();
  const chosen = state.choosing.then(() => choose(prefer));
  state.choosing = chosen.catch(() => {});
  return await chosen;
}

/**
 * Tells what computes with tensors, without choosing.
 *
 * **Definition** What the last `backend()` returned.
 *
 * @returns Name, adapter, features, reason and precision; `null` where none has been chosen
 *
 * @example After a choice
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { backend, backendInfo } from "resolvent";
 *
 * const chosen = await backend({ prefer: "cpu" });
 * assertEquals(backendInfo(), chosen);
 * ```
 *
 * Source: no paper; what a record must say of a run.
 */
export function backendInfo(): BackendInfo | null {
  return backendState().current;
}

/** Makes the choice. */
async function choose(prefer: BackendName | undefined): Promise<BackendInfo> {
  const [asked, by] = wish(prefer);
  const tf = await loadTf();
  return backendState().current = asked === null
    ? await fastest(tf)
    : await start(tf, asked, `asked for by ${by}`);
}

/** What is asked for, and by what. */
function wish(prefer: BackendName | undefined): readonly [BackendName | null, string] {
  if (prefer !== undefined) return [prefer, "prefer"];
  const { current } = backendState();
  if (current !== null) return [current.name, "an earlier choice"];
  const variable = "RESOLVENT_BACKEND";
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  const named = state === "granted" ? Deno.env.get(variable) : undefined;
  if (!named) return [null, "nothing"];
  return [checkChoice(DOING, variable, named, BACKEND_NAMES), variable];
}

/** Starts the fastest that is there. */
async function fastest(tf: Tf): Promise<BackendInfo> {
  const adapter = await findAdapter();
  if (adapter !== null && !isSoftware(adapter)) {
    return await start(tf, "webgpu", "there is an adapter for WebGPU in hardware", adapter);
  }
  const without = adapter === null
    ? "there is no adapter for WebGPU"
    : `the adapter for WebGPU is software (${adapterName(adapter)})`;
  // measured, a step of training 784-512-512-512-10 on 256 rows: wasm 69 ms with OpenBLAS and 0.8 s
  // without, cpu 0.39 s and 2.8 s
  try {
    return await start(
      tf,
      "wasm",
      `${without}, and of what runs on the processor it is the fastest`,
    );
  } catch (error) {
    return await start(tf, "cpu", `${without}, and wasm does not start (${error})`);
  }
}

/** Starts a backend, made ready when first asked for and again when its device has failed. */
async function start(
  tf: Tf,
  name: BackendName,
  reason: string,
  adapter?: GPUAdapter,
): Promise<BackendInfo> {
  const kept = backendState().made;
  let made = kept.get(name);
  if (made === undefined || await made.watch?.isBroken()) {
    made = name === "webgpu"
      ? await onDevice(tf, reason, adapter)
      : await onProcessor(tf, name, reason);
  }
  if (!(await tf.setBackend(name))) {
    throw new Error(cannot(DOING, "TensorFlow.js must start it", "the backend", name));
  }
  kept.set(name, made);
  return made.info;
}

/** WebGPU on a new device. */
async function onDevice(tf: Tf, reason: string, found?: GPUAdapter): Promise<Made> {
  const adapter = found ?? await findAdapter();
  if (adapter === null) {
    const need = `webgpu needs an adapter (${ADAPTER_HINT})`;
    throw new Error(cannot(DOING, need, "the adapter", adapter));
  }
  const { features, watch } = await prepareWebgpu(tf, adapter);
  const info: BackendInfo = {
    name: "webgpu",
    adapter: adapterName(adapter),
    software: isSoftware(adapter),
    features,
    products: "WGSL",
    reason,
    precision: "float32",
  };
  return { info, watch };
}

/** A backend whose numbers lie in the memory of this process. */
async function onProcessor(tf: Tf, name: "wasm" | "cpu", reason: string): Promise<Made> {
  const products = name === "wasm" ? await prepareWasm(tf) : prepareCpu(tf);
  const info: BackendInfo = {
    name,
    adapter: null,
    software: false,
    features: [],
    products,
    reason,
    precision: "float32",
  };
  return { info };
}
