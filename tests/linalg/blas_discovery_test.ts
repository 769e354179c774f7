import { assertEquals } from "@std/assert";
import {
  blasCandidates,
  installHint,
  type Surroundings,
  surroundings,
} from "../../lib/linalg/blas_discovery.ts";

/** A machine with the given files and variables. */
function machine(
  os: string,
  files: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Surroundings {
  return {
    os,
    env: (name) => variables[name],
    list: (folder) => [
      ...new Set(
        files.filter((file) => file.startsWith(`${folder}/`))
          .map((file) => file.slice(folder.length + 1).split("/")[0]),
      ),
    ],
  };
}

/** Paths in order. */
function paths(around: Surroundings): readonly string[] {
  return blasCandidates(around).map(({ path }) => path);
}

Deno.test("blasCandidates() takes MKL before OpenBLAS before the wheel", () => {
  const found = blasCandidates(machine("linux", [
    "/usr/lib/x86_64-linux-gnu/libopenblas.so.0",
    "/venv/lib/libmkl_rt.so.2",
    "/venv/lib/libmkl_core.so.2",
    "/venv/lib/python3.12/site-packages/scipy_openblas32/lib/libscipy_openblas.so",
  ], { VIRTUAL_ENV: "/venv" }));
  assertEquals(found, [
    { path: "/venv/lib/libmkl_rt.so.2", prefix: "" },
    { path: "/usr/lib/x86_64-linux-gnu/libopenblas.so.0", prefix: "" },
    { path: "libopenblas.so.0", prefix: "" },
    {
      path: "/venv/lib/python3.12/site-packages/scipy_openblas32/lib/libscipy_openblas.so",
      prefix: "scipy_",
    },
  ]);
});

Deno.test("blasCandidates() leaves out an MKL without its core, which would end the process", () => {
  assertEquals(paths(machine("linux", ["/usr/lib/libmkl_rt.so"])), ["libopenblas.so.0"]);
});

Deno.test("blasCandidates() takes Fedora's threaded build first, and no 64-bit integers", () => {
  assertEquals(
    paths(machine("linux", [
      "/usr/lib64/libopenblas.so.0",
      "/usr/lib64/libopenblasp.so.0",
      "/usr/lib64/libopenblas64_.so.0",
      "/usr/lib64/libopenblas64.so.0",
    ])),
    ["/usr/lib64/libopenblasp.so.0", "/usr/lib64/libopenblas.so.0", "libopenblas.so.0"],
  );
});

Deno.test("blasCandidates() finds Homebrew, Accelerate, conda and modules of a cluster", () => {
  assertEquals(paths(machine("darwin", ["/opt/homebrew/opt/openblas/lib/libopenblas.dylib"])), [
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
  ]);
  const variables = { CONDA_PREFIX: "/conda", LD_LIBRARY_PATH: "/apps/openblas/lib:" };
  assertEquals(
    paths(
      machine(
        "linux",
        ["/conda/lib/libopenblas.so.0", "/apps/openblas/lib/libopenblas.so"],
        variables,
      ),
    ),
    ["/apps/openblas/lib/libopenblas.so", "/conda/lib/libopenblas.so.0", "libopenblas.so.0"],
  );
});

Deno.test("blasCandidates() finds the wheel of the Python on the path and of the user", () => {
  const inPackages = "site-packages/scipy_openblas32/lib/libscipy_openblas.so";
  assertEquals(
    paths(machine("linux", [
      `/usr/local/lib/python3.11/${inPackages}`,
      `/home/me/.local/lib/python3.11/${inPackages}`,
    ], { PATH: "/usr/local/bin:/usr/bin", HOME: "/home/me" })),
    [
      "libopenblas.so.0",
      `/usr/local/lib/python3.11/${inPackages}`,
      `/home/me/.local/lib/python3.11/${inPackages}`,
    ],
  );
});

Deno.test("surroundings() sees a missing folder and a file as empty", () => {
  const around = surroundings();
  assertEquals(around.list("/no/such/folder"), []);
  assertEquals(around.list(new URL(import.meta.url).pathname), []);
  assertEquals(around.os, Deno.build.os);
});

Deno.test("installHint() names the package of the system", () => {
  assertEquals(installHint("linux", "ID=debian"), "sudo apt-get install libopenblas0-pthread");
  assertEquals(installHint("linux", "ID=ubuntu"), "sudo apt-get install libopenblas0-pthread");
  assertEquals(installHint("linux", "ID=fedora"), "sudo dnf install openblas-threads");
  assertEquals(installHint("linux", "ID=arch"), "sudo pacman -S openblas");
  assertEquals(installHint("linux", "ID=alpine"), "sudo apk add openblas");
  assertEquals(installHint("darwin", ""), "brew install openblas");
  assertEquals(installHint("windows", ""), "pip install scipy-openblas32");
});
