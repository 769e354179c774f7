import { assertEquals, assertRejects } from "@std/assert";
import { evaluateHeld } from "../../lib/jupyter/held_process.ts";

/** A process that runs a line for ever, started as the kernel's, and its inspector's address. */
async function busy(
  line: string,
  before = "",
): Promise<AsyncDisposable & { readonly url: string }> {
  const code = `import inspector from "node:inspector"; globalThis.found = { n: 41 }; ${before}
    Deno.stdout.writeSync(new TextEncoder().encode(inspector.url() + "\\n")); ${line}`;
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/busy.mjs`, code);
  const flags = ["--inspect=127.0.0.1:0", "--inspect-publish-uid=stderr"];
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-config", ...flags, `${folder}/busy.mjs`],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) text += (await reader.read()).value ?? "\n";
  return {
    url: text.trim(),
    async [Symbol.asyncDispose]() {
      process.kill("SIGKILL");
      await Promise.all([process.status, reader.cancel()]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("evaluateHeld() asks something of a process that is busy", async () => {
  await using process = await busy("for (;;);");
  {
    using held = await evaluateHeld(process.url, "found.n + 1");
    assertEquals(held.value, 42);
  }
  await assertRejects(
    () => evaluateHeld(process.url, "nothing.there"),
    Error,
    "Cannot hold the process as ReferenceError: nothing is not defined",
  );
});

Deno.test("nobody finds the inspector who was not told of it", async () => {
  await using process = await busy("setInterval(() => {}, 1000);");
  const { host } = new URL(process.url);
  for (const path of ["/json", "/json/list", "/json/version", "/"]) {
    const answer = await fetch(`http://${host}${path}`);
    assertEquals([answer.status, (await answer.text()).includes("ws:")], [404, false], path);
  }
  await assertRejects(
    () => evaluateHeld(`ws://${host}/${crypto.randomUUID()}`, "1"),
    Error,
    "Cannot hold the process as its inspector has hung up",
  );
});

Deno.test("evaluateHeld() gives a process up that runs no JavaScript", async () => {
  const sleep = '{ sleep: { parameters: ["u32"], result: "u32" } }';
  const library = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";
  const before = `const { symbols } = Deno.dlopen("${library}", ${sleep}); symbols.sleep(0);`;
  await using process = await busy("symbols.sleep(60);", before);
  await new Promise((done) => setTimeout(done, 200)); // until it has gone from the line before
  await assertRejects(
    () => evaluateHeld(process.url, "1"),
    Error,
    "Cannot hold the process as it runs no line of JavaScript",
  );
});
