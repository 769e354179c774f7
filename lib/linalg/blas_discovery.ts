/**
 * Where a library with BLAS and LAPACK may lie on this machine, best first.
 *
 * @module
 */

/** A file that may be such a library. */
export type BlasCandidate = {
  /** Absolute path, or a name for the system's loader to find. */
  readonly path: string;
  /** What stands before every symbol: `scipy_` in the PyPI package scipy-openblas32. */
  readonly prefix: "" | "scipy_";
};

/** Where the discovery looks; a test gives its own. */
export type Surroundings = {
  /** Operating system, as `Deno.build.os`. */
  readonly os: string;
  /** Value of an environment variable, if it is set and may be read. */
  readonly env: (name: string) => string | undefined;
  /** Names in a folder; empty if it is missing or may not be read. */
  readonly list: (folder: string) => readonly string[];
};

/** Folders of system libraries: Debian, Fedora and Arch, own builds, Homebrew. */
const LIBRARY_FOLDERS: readonly string[] = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/x86_64-linux-gnu/openblas-pthread",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu/openblas-pthread",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib64",
  "/usr/local/lib",
  "/opt/OpenBLAS/lib",
  "/opt/homebrew/opt/openblas/lib",
  "/usr/local/opt/openblas/lib",
];

/** Folders of Intel's own installer. */
const MKL_FOLDERS: readonly string[] = [
  "/opt/intel/oneapi/mkl/latest/lib",
  "/opt/intel/oneapi/mkl/latest/lib/intel64",
  "/opt/intel/mkl/lib/intel64",
];

const MKL = /^(libmkl_rt\.so(\.\d+)?|libmkl_rt(\.\d+)?\.dylib|mkl_rt(\.\d+)?\.dll)$/;
const MKL_CORE = /^(lib)?mkl_core\b/;
// The threaded build first: Fedora's is libopenblasp; names without a suffix have 32-bit integers.
const OPENBLAS: readonly RegExp[] = [
  /^libopenblasp\.so(\.\d+)?$/,
  /^libopenblas(\.\d+)?\.(so(\.\d+)?|dylib)$/,
  /^(lib)?openblas\.dll$/,
];
const WHEEL = /^libscipy_openblas\.(so|dylib|dll)$/;
const ACCELERATE = "/System/Library/Frameworks/Accelerate.framework/Accelerate";

/** Candidates in order: MKL, OpenBLAS, Accelerate, the PyPI package scipy-openblas32. */
export function blasCandidates(around: Surroundings): readonly BlasCandidate[] {
  const environments = activeEnvironments(around);
  const inside = environments.flatMap((root) => [`${root}/lib`, `${root}/Library/bin`]);
  const loaderPath = (around.env("LD_LIBRARY_PATH") ?? "").split(":").filter(Boolean);
  const folders = [...loaderPath, ...inside, ...LIBRARY_FOLDERS];
  const plain = [
    ...[...folders, ...MKL_FOLDERS].flatMap((folder) => mklIn(folder, around)),
    ...OPENBLAS.flatMap((name) => folders.flatMap((folder) => matching(folder, name, around))),
    ...(around.os === "linux" ? ["libopenblas.so.0"] : []),
    ...(around.os === "darwin" ? [ACCELERATE] : []),
  ];
  const wheels = sitePackages(environments, around)
    .flatMap((folder) => matching(`${folder}/scipy_openblas32/lib`, WHEEL, around));
  return [
    ...plain.map((path): BlasCandidate => ({ path, prefix: "" })),
    ...wheels.map((path): BlasCandidate => ({ path, prefix: "scipy_" })),
  ];
}

/** What the process may see of this machine; what it may not see is as if it were missing. */
export function surroundings(): Surroundings {
  return { os: Deno.build.os, env: readableEnv, list: readableNames };
}

/** The line that installs a BLAS on this operating system. */
export function installHint(os: string, release: string): string {
  if (os === "linux" && /debian|ubuntu/i.test(release)) {
    return "sudo apt-get install libopenblas0-pthread";
  }
  if (os === "linux" && /fedora|rhel|centos|rocky|alma/i.test(release)) {
    return "sudo dnf install openblas-threads";
  }
  if (os === "linux" && /arch/i.test(release)) return "sudo pacman -S openblas";
  if (os === "linux" && /alpine/i.test(release)) return "sudo apk add openblas";
  if (os === "darwin") return "brew install openblas";
  return "pip install scipy-openblas32";
}

/** An environment variable, unless reading it would need a permission that is not given. */
function readableEnv(name: string): string | undefined {
  const asked = Deno.permissions.querySync({ name: "env", variable: name });
  return asked.state === "granted" ? Deno.env.get(name) : undefined;
}

/** Names in a folder, or none where it is missing or may not be read. */
function readableNames(folder: string): readonly string[] {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state !== "granted") return [];
  try {
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  } catch (error) {
    // A folder that is missing, closed to this user or no folder at all holds no library.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return [];
    }
    if (error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}

/** Paths of the files of a folder whose name matches, the shortest name first. */
function matching(folder: string, name: RegExp, around: Surroundings): readonly string[] {
  return around.list(folder).filter((file) => name.test(file))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .map((file) => `${folder}/${file}`);
}

/** MKL in a folder, if whole: without its core beside it the loader of MKL ends the process. */
function mklIn(folder: string, around: Surroundings): readonly string[] {
  const whole = around.list(folder).some((file) => MKL_CORE.test(file));
  return whole ? matching(folder, MKL, around) : [];
}

/** Roots of the Python environments that are active. */
function activeEnvironments(around: Surroundings): readonly string[] {
  return ["VIRTUAL_ENV", "CONDA_PREFIX"].map(around.env)
    .filter((root): root is string => root !== undefined && root !== "");
}

/** Folders of Python packages: active environments, the Python on the path, the user's own. */
function sitePackages(environments: readonly string[], around: Surroundings): readonly string[] {
  const home = around.env("HOME");
  const onPath = (around.env("PATH") ?? "").split(":")
    .filter((folder) => folder.endsWith("/bin"))
    .map((folder) => folder.slice(0, -"/bin".length));
  const roots = [...environments, ...onPath, ...(home ? [`${home}/.local`] : [])];
  const folders = roots.flatMap((root) => [
    ...around.list(`${root}/lib`).filter((name) => /^python3\.\d+$/.test(name)).flatMap((name) => [
      `${root}/lib/${name}/site-packages`,
      `${root}/lib/${name}/dist-packages`,
    ]),
    ...(around.os === "windows" ? [`${root}/Lib/site-packages`] : []),
  ]);
  return [...new Set(folders)];
}
