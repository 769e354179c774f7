import { assertEquals } from "@std/assert";
import { tileKernel } from "../../lib/linalg/gemm_wasm.ts";

Deno.test("tileKernel() sums products of integers exactly, wherever they lie", () => {
  const { memory, multiply } = tileKernel(20_000);
  for (const [depth, a, b, tile] of [[1, 0, 4, 8], [5, 100, 200, 40], [700, 16, 4000, 19_984]]) {
    memory.fill(NaN);
    for (let i = 0; i < 4 * depth; i++) {
      memory[a + i] = i % 11 - 3;
      memory[b + i] = i % 7 + 1;
    }
    multiply(depth, 8 * a, 8 * b, 8 * tile);
    for (let r = 0; r < 4; r++) {
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += memory[a + 4 * k + r] * memory[b + 4 * k + c];
        assertEquals(memory[tile + 4 * r + c], sum);
      }
    }
  }
});
