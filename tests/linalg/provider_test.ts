import { linalgProvider, matmul, matrix, setLinalgThreads } from "resolvent";
import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { kernels, withKernels } from "../../lib/linalg/provider.ts";
import { portableKernels } from "../../lib/linalg/portable.ts";

const PROVIDER = new URL("../../lib/linalg/provider.ts", import.meta.url).href;
const SVD = new URL("../../lib/linalg/svd.ts", import.meta.url).href;

/** Runs a line of code in its own process, with these permissions and variables. */
async function inProcess(
  code: string,
  permissions: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly out: string; readonly error: string }> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, code);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-lock", "--no-check", "--no-prompt", ...permissions, file],
      env: { RESOLVENT_BLAS: "", ...env, NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = new TextDecoder();
    return { out: text.decode(stdout).trim(), error: text.decode(stderr) };
  } finally {
    await Deno.remove(file);
  }
}

/** Prints the provider after a decomposition. */
const DESCRIBE = `
  const { linalgProvider } = await import(${JSON.stringify(PROVIDER)});
  const { singularValues } = await import(${JSON.stringify(SVD)});
  const s = singularValues({ rows: 1, cols: 2, data: Float64Array.of(3, 4) });
  console.log(JSON.stringify({ ...linalgProvider(), s: Math.round(s[0] * 1e9) / 1e9 }));
`;

Deno.test("linalgProvider() is decided once and describes itself", () => {
  const provider = linalgProvider();
  assertEquals(linalgProvider(), provider);
  if (provider.name === "portable") {
    assertEquals([provider.path, provider.version], [null, null]);
    assert(provider.hint !== null && provider.hint.length > 0);
  } else {
    assert(provider.path !== null && provider.hint === null);
  }
});

Deno.test("linalgProvider() is portable where RESOLVENT_BLAS is off", async () => {
  const { out, error } = await inProcess(DESCRIBE, ["-A"], { RESOLVENT_BLAS: "off" });
  assertEquals(JSON.parse(out || error), {
    name: "portable",
    path: null,
    version: null,
    hint: "unset RESOLVENT_BLAS, which is off",
    s: 5,
  });
});

Deno.test("linalgProvider() is portable without permission to load, and says which", async () => {
  const { out, error } = await inProcess(DESCRIBE, ["--allow-read", "--allow-env"]);
  const { name, hint, s } = JSON.parse(out || error);
  assertEquals([name, s], ["portable", 5]);
  assertStringIncludes(hint, "--allow-ffi");
  const none = await inProcess(DESCRIBE, [`--allow-read=${new URL("../..", PROVIDER).pathname}`]);
  assertEquals(JSON.parse(none.out || none.error).name, "portable");
});

Deno.test("a decomposition fails where RESOLVENT_BLAS names what cannot be loaded", async () => {
  const { error } = await inProcess(DESCRIBE, ["-A"], { RESOLVENT_BLAS: "/no/such/libblas.so" });
  assertStringIncludes(
    error,
    'Cannot load BLAS and LAPACK as RESOLVENT_BLAS must be "off" or the path of a library that holds both: RESOLVENT_BLAS is "/no/such/libblas.so"',
  );
  const notGranted = await inProcess(DESCRIBE, ["--allow-env", "--allow-read"], {
    RESOLVENT_BLAS: "/no/such/libblas.so",
  });
  assertStringIncludes(notGranted.error, "--allow-ffi");
});

Deno.test("importing loads no library", async () => {
  const code = `await import(${JSON.stringify(PROVIDER)}); console.log("imported")`;
  // A library that cannot be loaded is an error at the first use only.
  const { out } = await inProcess(code, ["-A"], { RESOLVENT_BLAS: "/no/such/libblas.so" });
  assertEquals(out, "imported");
});

Deno.test("a worker opens the library itself and computes the same", async () => {
  const code = `self.onmessage = async () => {
    const { linalgProvider } = await import(${JSON.stringify(PROVIDER)});
    const { singularValues } = await import(${JSON.stringify(SVD)});
    const s = singularValues({ rows: 1, cols: 2, data: Float64Array.of(3, 4) });
    self.postMessage({ provider: linalgProvider(), first: s[0] });
  };`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    const answer = await new Promise<MessageEvent>((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
      worker.postMessage(null);
    });
    assertEquals(answer.data.provider, linalgProvider());
    assert(Math.abs(answer.data.first - 5) < 1e-14);
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
});

Deno.test("withKernels() replaces the kernels and puts them back, also after an error", () => {
  const before = kernels();
  const product = (): ReturnType<typeof matmul> => matrix(20, 20, () => 7);
  const a = matrix(20, 20, () => 1);
  withKernels({ ...portableKernels, product }, () => assertEquals(matmul(a, a).data[0], 7));
  assertThrows(() =>
    withKernels(portableKernels, () => {
      throw new RangeError("inside");
    }), RangeError);
  assertEquals(kernels(), before);
});

Deno.test("setLinalgThreads() sets threads and refuses what is no number of threads", () => {
  assertEquals(setLinalgThreads(1), undefined);
  assertEquals(setLinalgThreads(navigator.hardwareConcurrency), undefined);
  const error = assertThrows(() => setLinalgThreads(0), RangeError);
  assertMatch(
    error.message,
    /^Cannot set the threads of linear algebra as count must be an integer of at least 1: count is 0$/,
  );
});
