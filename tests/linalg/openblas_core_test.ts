import { assertEquals } from "@std/assert";
import { openblasCore, withOpenblasCore } from "../../lib/linalg/openblas_core.ts";

const AVX2 = "sse2 avx avx2 fma";
const AVX512 = `${AVX2} avx512f avx512dq avx512cd avx512bw avx512vl`;

Deno.test("openblasCore() names the kernels by the vector units", () => {
  assertEquals(openblasCore(`vendor_id\t: GenuineIntel\nflags\t\t: ${AVX512}\n`), "SkylakeX");
  assertEquals(openblasCore(`vendor_id\t: GenuineIntel\nflags\t\t: ${AVX2}\n`), "Haswell");
  assertEquals(openblasCore(`vendor_id\t: AuthenticAMD\nflags\t\t: ${AVX2}\n`), "Zen");
  assertEquals(openblasCore("flags\t\t: sse2 avx\n"), null);
  assertEquals(openblasCore(""), null);
});

Deno.test("withOpenblasCore() keeps the user's choice and leaves nothing behind", () => {
  const before = Deno.env.get("OPENBLAS_CORETYPE");
  try {
    Deno.env.set("OPENBLAS_CORETYPE", "Haswell");
    assertEquals(withOpenblasCore(() => Deno.env.get("OPENBLAS_CORETYPE")), "Haswell");
    assertEquals(Deno.env.get("OPENBLAS_CORETYPE"), "Haswell");
    Deno.env.delete("OPENBLAS_CORETYPE");
    assertEquals(withOpenblasCore(() => 7), 7);
    assertEquals(Deno.env.get("OPENBLAS_CORETYPE"), undefined);
  } finally {
    if (before === undefined) Deno.env.delete("OPENBLAS_CORETYPE");
    else Deno.env.set("OPENBLAS_CORETYPE", before);
  }
});
