import { assert, assertEquals, assertThrows } from "@std/assert";
import { blasCandidates, surroundings } from "../../lib/linalg/blas_discovery.ts";
import { openBlas, openNamedBlas } from "../../lib/linalg/blas_library.ts";
import { linalgProvider } from "resolvent";

Deno.test("openBlas() throws where there is nothing to open", () => {
  assertThrows(() => openBlas({ path: "/no/such/library.so", prefix: "" }), Error, "library.so");
});

Deno.test("openNamedBlas() says what is needed, what was given and what the loader said", () => {
  const error = assertThrows(() => openNamedBlas("/etc/hostname"), Error);
  assert(error.message.startsWith("Cannot load BLAS and LAPACK as RESOLVENT_BLAS must be"));
  assert(error.message.includes('RESOLVENT_BLAS is "/etc/hostname"'));
});

Deno.test("openBlas() opens every library that is found, under its own prefix", () => {
  const { path } = linalgProvider();
  let opened = 0;
  for (const candidate of blasCandidates(surroundings())) {
    if (!candidate.path.startsWith("/") || candidate.path.startsWith("/System")) continue;
    const library = openBlas(candidate);
    assertEquals(library.path, candidate.path);
    const c = new Float64Array(1);
    library.routines.dgemm(
      101,
      111,
      111,
      1,
      1,
      2,
      1,
      Float64Array.of(3, 4),
      2,
      Float64Array.of(5, 6),
      1,
      0,
      c,
      1,
    );
    assertEquals(c[0], 39);
    opened++;
  }
  assert(opened > 0 || path === null || !path.startsWith("/"), "a provider that is no candidate");
});
