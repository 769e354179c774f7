import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Resvg } from "resvg";
import {
  installKernel,
  jupyterData,
  kernelspec,
  uninstallKernel,
} from "../../lib/jupyter/kernelspec.ts";

const LOGOS = new URL("../../lib/jupyter/logos/", import.meta.url);

/** Gives a temporary folder to `work`, and removes it. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("jupyterData() is where Jupyter looks, on each system", () => {
  assertEquals(jupyterData("linux", { HOME: "/home/a" }), "/home/a/.local/share/jupyter");
  assertEquals(jupyterData("linux", { HOME: "/h", XDG_DATA_HOME: "/data" }), "/data/jupyter");
  assertEquals(jupyterData("darwin", { HOME: "/Users/a" }), "/Users/a/Library/Jupyter");
  assertEquals(jupyterData("linux", { HOME: "/h", JUPYTER_DATA_DIR: "/own" }), "/own");
  assertThrows(() => jupyterData("windows", { HOME: "C:" }), Error, "must be Linux or macOS");
  assertThrows(() => jupyterData("linux", {}), Error, "the home folder must be known");
});

Deno.test("installKernel() writes a kernel with its pictures, again in its own place, uninstallKernel() removes it", async () => {
  await inFolder(async (prefix) => {
    const folder = await installKernel({ prefix, name: "mine" });
    assertEquals(folder, `${prefix}/share/jupyter/kernels/mine`);
    assertEquals(await installKernel({ prefix, name: "mine" }), folder);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
    assertEquals(names, ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
    const spec = JSON.parse(await Deno.readTextFile(`${folder}/kernel.json`));
    assertEquals(spec, JSON.parse(JSON.stringify(kernelspec())));
    assertEquals(spec.argv.at(-1), "{connection_file}");
    assert(Deno.statSync(spec.argv.at(-2)).isFile);
    assertEquals(await uninstallKernel({ prefix, name: "mine" }), folder);
    await assertRejects(
      () => uninstallKernel({ prefix, name: "mine" }),
      Error,
      "must be installed",
    );
  });
});

Deno.test("installKernel() leaves the kernels of others alone, and refuses odd names", async () => {
  await inFolder(async (prefix) => {
    const folder = `${prefix}/share/jupyter/kernels/other`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(`${folder}/kernel.json`, '{"argv": ["python3"]}');
    await assertRejects(() => installKernel({ prefix, name: "other" }), Error, "must be free");
    await assertRejects(() => uninstallKernel({ prefix, name: "other" }), Error, "another's");
    assertEquals(await Deno.readTextFile(`${folder}/kernel.json`), '{"argv": ["python3"]}');
    await assertRejects(
      () => installKernel({ prefix, name: "../x" }),
      RangeError,
      "letters, digits",
    );
  });
});

Deno.test("the pictures of the kernel are the drawing at 32 and 64 pixels", async () => {
  const svg = await Deno.readTextFile(new URL("logo-svg.svg", LOGOS));
  for (const size of [32, 64]) {
    const drawn = new Resvg(svg, { fitTo: { mode: "width", value: size } }).render().asPng();
    const stored = await Deno.readFile(new URL(`logo-${size}x${size}.png`, LOGOS));
    assertEquals([...stored], [...drawn]);
  }
});
