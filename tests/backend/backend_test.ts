/**
 * Tests of the choice of a backend.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { backend, backendInfo, type BackendName, linalgProvider } from "resolvent";
import { findAdapter } from "../../lib/backend/adapter.ts";
import { PACKAGES } from "../../lib/backend/tf.ts";
import project from "../../deno.json" with { type: "json" };
import { backendRequirement, useBackend } from "../support/backends.ts";

const webgpu = await backendRequirement("webgpu");

/** What a program in a process of its own printed; no choice has been made there before. */
async function elsewhere(
  body: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly out: unknown; readonly error: string }> {
  const program = `
    import { backend, backendInfo, linalgProvider, provenance } from "resolvent";
    const withAdapter = (answer) => { navigator.gpu.requestAdapter = answer; };
    ${body}`;
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(file, program);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--frozen", "--config", config, file],
      env: { NO_COLOR: "1", RESOLVENT_BACKEND: "", ...env },
      stdin: "null",
    }).output();
    const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { out: out === "" ? null : JSON.parse(out), error };
  } finally {
    await Deno.remove(file);
  }
}

/** Prints the choice. */
const PRINT = "console.log(JSON.stringify(await backend()));";

Deno.test("backend() takes what is preferred, and the same when called again", async () => {
  for (const prefer of ["cpu", "wasm", "cpu"] as const) {
    const info = await backend({ prefer });
    assertEquals(Object.keys(info).sort(), [
      "adapter",
      "features",
      "name",
      "precision",
      "products",
      "reason",
      "software",
    ]);
    assertEquals(
      [info.name, info.adapter, info.software, info.features, info.precision, info.reason],
      [prefer, null, false, [], "float32", "asked for by prefer"],
    );
    assertEquals(await backend(), info);
    assertEquals(backendInfo(), info);
    assertEquals((await useBackend(prefer)).getBackend(), prefer);
  }
});

Deno.test({
  name: "backend() on WebGPU has a device of its own, with what the adapter has",
  ignore: webgpu.ignore,
  fn: async () => {
    const info = await backend({ prefer: "webgpu" });
    const adapter = (await findAdapter())!;
    assertEquals([info.name, info.products, info.precision], ["webgpu", "WGSL", "float32"]);
    assert(info.adapter !== null && info.adapter.length > 0);
    assertEquals(info.software, adapter.info.isFallbackAdapter);
    for (const feature of ["timestamp-query", "shader-f16"] as const) {
      assertEquals(info.features.includes(feature), adapter.features.has(feature));
    }
    const tf = await useBackend("webgpu");
    const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
    assertEquals(device.features.has("shader-f16"), adapter.features.has("shader-f16"));
    for (const limit of ["maxStorageBufferBindingSize", "maxBufferSize"] as const) {
      assertEquals(device.limits[limit], adapter.limits[limit]);
    }
    // going elsewhere and back finds the same device, with what lies on it
    const kept = tf.ones([64, 64]).add(1);
    await backend({ prefer: "wasm" });
    assertEquals(await backend({ prefer: "webgpu" }), info);
    assertEquals((await kept.sum().data())[0], 2 * 64 * 64);
  },
});

Deno.test("backend() makes one choice at a time, the last call's for the end", async () => {
  const names: readonly BackendName[] = ["wasm", "cpu", "wasm", "cpu"];
  const chosen = await Promise.all(names.map((prefer) => backend({ prefer })));
  assertEquals(chosen.map(({ name }) => name), names);
  assertEquals([backendInfo()?.name, (await useBackend("cpu")).getBackend()], ["cpu", "cpu"]);
  // the first choice takes longer, as it loads more
  const { out } = await elsewhere(`
    await Promise.all(["wasm", "cpu"].map((prefer) => backend({ prefer })));
    console.log(JSON.stringify(backendInfo().name));`);
  assertEquals(out, "cpu");
});

Deno.test("backend() refuses what is not a backend, and stays with what it had", async () => {
  await backend({ prefer: "cpu" });
  await assertRejects(
    () => backend({ prefer: "cuda" as BackendName }),
    RangeError,
    'Cannot choose a backend as prefer must be one of "webgpu", "wasm", "cpu": prefer is "cuda"',
  );
  await assertRejects(() => backend("cpu" as never), TypeError, "Cannot choose a backend as");
  await assertRejects(() => backend({ prefer: null as never }), RangeError, "prefer is null");
  assertEquals(backendInfo()?.name, "cpu");
});

Deno.test("backend() takes hardware; else, without a wish, the fastest on the processor", async () => {
  const software = await elsewhere(`
    const info = { description: "a program", isFallbackAdapter: true };
    withAdapter(async () => ({ info }));
    const before = [backendInfo(), provenance().backend];
    ${PRINT.replace("await backend()", "[before, await backend(), provenance().backend]")}`);
  const wasm = {
    name: "wasm",
    adapter: null,
    software: false,
    features: [],
    products: linalgProvider().name === "portable" ? "XNNPACK" : linalgProvider().name,
    reason: "the adapter for WebGPU is software (a program), and of what runs on the processor " +
      "it is the fastest",
    precision: "float32",
  };
  assertEquals(software, { out: [[null, null], wasm, wasm], error: "" });

  const none = await elsewhere(`withAdapter(async () => null); ${PRINT}`, {
    RESOLVENT_BLAS: "off",
  });
  const reason =
    "there is no adapter for WebGPU, and of what runs on the processor it is the fastest";
  assertEquals(none, { out: { ...wasm, products: "XNNPACK", reason }, error: "" });

  const noWasm = await elsewhere(`
    withAdapter(async () => null);
    WebAssembly.instantiate = async () => { throw new Error("switched off"); };
    ${PRINT}`);
  const { name, reason: why } = noWasm.out as { name: string; reason: string };
  assertEquals(name, "cpu");
  assertMatch(why, /^there is no adapter for WebGPU, and wasm does not start \(/);
});

Deno.test({
  name: "backend() takes an adapter in hardware without being asked",
  ignore: webgpu.ignore,
  fn: async () => {
    const { out, error } = await elsewhere(`
      const adapter = await navigator.gpu.requestAdapter();
      Object.defineProperty(adapter, "info", { value: { description: "a card", isFallbackAdapter: false } });
      withAdapter(async () => adapter);
      ${PRINT}`);
    const { name, adapter, software, reason } = out as Record<string, unknown>;
    assertEquals(
      [name, adapter, software, reason],
      ["webgpu", "a card", false, "there is an adapter for WebGPU in hardware"],
    );
    assert(!error.includes("Cannot"));
  },
});

Deno.test("backend() reads RESOLVENT_BACKEND, which prefer goes before", async () => {
  const named = await elsewhere(PRINT, { RESOLVENT_BACKEND: "cpu" });
  const { name, reason } = named.out as Record<string, unknown>;
  assertEquals([name, reason, named.error], ["cpu", "asked for by RESOLVENT_BACKEND", ""]);
  const preferred = await elsewhere(
    PRINT.replace("backend()", 'backend({ prefer: "wasm" })'),
    { RESOLVENT_BACKEND: "cpu" },
  );
  assertEquals((preferred.out as Record<string, unknown>).name, "wasm");
  const unknown = await elsewhere(PRINT, { RESOLVENT_BACKEND: "gpu" });
  assertStringIncludes(
    unknown.error,
    'RangeError: Cannot choose a backend as RESOLVENT_BACKEND must be one of "webgpu", "wasm", ' +
      '"cpu": RESOLVENT_BACKEND is "gpu"',
  );
});

Deno.test("backend() says how to get an adapter where none is found", async () => {
  const { error } = await elsewhere(`withAdapter(async () => null); ${PRINT}`, {
    RESOLVENT_BACKEND: "webgpu",
  });
  assertMatch(
    error,
    /Error: Cannot choose a backend as webgpu needs an adapter .*: the adapter is null/,
  );
  assertStringIncludes(error, "apt install mesa-vulkan-drivers");
});

Deno.test({
  name: "backend() looks for an adapter in silence, also without XDG_RUNTIME_DIR",
  ignore: webgpu.ignore,
  fn: async () => {
    const { out, error } = await elsewhere(
      `const { name } = await backend({ prefer: "webgpu" });
       console.log(JSON.stringify([name, Deno.env.get("XDG_RUNTIME_DIR")]));`,
      { XDG_RUNTIME_DIR: "" },
    );
    assertEquals([out, error], [["webgpu", ""], ""]);
  },
});

Deno.test("the packages that are loaded are those of the import map", () => {
  const { imports } = project;
  assertEquals(PACKAGES.tfjs, imports["@tensorflow/tfjs"]);
  assertEquals(PACKAGES.wasm, imports["@tensorflow/tfjs-backend-wasm"]);
  assertEquals(PACKAGES.webgpu, imports["@tensorflow/tfjs-backend-webgpu"]);
});
