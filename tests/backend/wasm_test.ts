/**
 * Tests of the backend of WebAssembly: what it borrows, and where its memory ends.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import type { Tensor, Tf } from "../../lib/backend/tf.ts";
import type { WasmBackend } from "../../lib/backend/wasm.ts";
import { useBackend } from "../support/backends.ts";

/** What both backends give for a computation, with the number of tensors that it leaves. */
async function onBoth(run: (tf: Tf) => Tensor): Promise<readonly (readonly unknown[])[]> {
  const results: unknown[][] = [];
  for (const name of ["cpu", "wasm"] as const) {
    const tf = await useBackend(name);
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => run(tf));
    results.push([result.shape, result.dtype, [...result.dataSync()]]);
    result.dispose();
    assertEquals(tf.memory().numTensors, before);
  }
  return results;
}

Deno.test("the gradient of a look-up is the sum over the rows that were looked up", async () => {
  const [onCpu, onWasm] = await onBoth((tf) => {
    const rows = tf.tensor1d([2, 0, 2], "int32");
    const weights = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const loss = (table: Tensor) => tf.gather(table, rows).mul(weights).sum();
    return tf.grad(loss)(tf.zeros([4, 2]));
  });
  assertEquals(onWasm, [[4, 2], "float32", [3, 4, 0, 0, 6, 8, 0, 0]]);
  assertEquals(onCpu, onWasm);
});

Deno.test("wasm has each kernel of cpu, with the same results", async () => {
  const tf = await useBackend("wasm");
  const names = (name: string) => tf.getKernelsForBackend(name).map(({ kernelName }) => kernelName);
  const present = new Set(names("wasm"));
  assertEquals(names("cpu").filter((name) => !present.has(name)), []);
  const runs: readonly ((tf: Tf) => Tensor)[] = [
    (tf) => tf.isNaN(tf.tensor1d([1, NaN, Infinity])),
    (tf) => tf.einsum("ij,jk->i", tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.ones([2, 3])),
    (tf) => tf.bincount(tf.tensor1d([0, 1, 1, 2], "int32"), tf.tensor1d([]), 4),
  ];
  const lender = tf.engine().findBackend("cpu");
  const before = lender.numDataIds();
  for (const run of runs) {
    const [onCpu, onWasm] = await onBoth(run);
    assertEquals(onWasm, onCpu);
    assertEquals(lender.numDataIds(), before);
  }
});

Deno.test("wasm refuses complex numbers by name", async () => {
  const tf = await useBackend("wasm");
  assertThrows(
    () => tf.complex([1], [2]),
    TypeError,
    "Cannot run Complex on wasm as it must work on real numbers: dtype is complex64",
  );
});

Deno.test("wasm refuses a tensor that its memory has no room for, and goes on", async () => {
  const tf = await useBackend("wasm");
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const blocks: number[] = [];
  try {
    // reserved but never written, so that no memory of the machine is taken
    assertThrows(
      () => {
        for (;;) blocks.push(wasm._malloc(2 ** 30));
      },
      RangeError,
      "Cannot run tensor as its result must fit in the memory of wasm: there is no room for " +
        "1073741824 bytes; dispose tensors, or",
    );
    const [row, column] = [tf.ones([1, 2 ** 14]), tf.ones([2 ** 14, 1])];
    assertThrows(() => tf.add(row, column), RangeError, "Cannot run Add as its result must fit");
  } finally {
    for (const address of blocks) wasm._free(address);
  }
  assertEquals([...tf.add(tf.ones([2]), 1).dataSync()], [2, 2]);
});

Deno.test("a clone on wasm holds the numbers of its original, for as long as it lives", async () => {
  const tf = await useBackend("wasm");
  const held = tf.engine().findBackend("wasm");
  const original = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const before = held.numDataIds();
  const clone = tf.clone(original), other = tf.clone(original);
  assertEquals(held.numDataIds(), before);
  original.dispose();
  other.dispose();
  tf.tensor2d([9, 9, 9, 9], [2, 2]).dispose(); // would be written where freed numbers lay
  assertEquals([...clone.dataSync()], [1, 2, 3, 4]);
  clone.dispose();
  assertEquals(held.numDataIds(), before - 1);
});
