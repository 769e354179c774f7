import { linalgProvider } from "resolvent";
import { assertEquals } from "@std/assert";

const PROVIDER = new URL("../../lib/linalg/provider.ts", import.meta.url).href;

/** A script whose destructors would abort it, that may use the library and ends as told. */
const SCRIPT = `
  const { symbols } = Deno.dlopen("libc.so.6", {
    on_exit: { parameters: ["pointer", "pointer"], result: "i32" },
    dlsym: { parameters: ["pointer", "buffer"], result: "pointer" },
  });
  symbols.on_exit(symbols.dlsym(null, new TextEncoder().encode("abort\\0")), null);
  const { linalgProvider } = await import(${JSON.stringify(PROVIDER)});
  if (Deno.args[0] === "uses") linalgProvider();
  if (Deno.args[1] === "throws") throw new Error("its end");
  Deno.exit(Number(Deno.args[1]));
`;

/** Exit code of the script. */
async function codeOf(...args: readonly string[]): Promise<number> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, SCRIPT);
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-lock", "--no-check", file, ...args],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return code;
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("a process that opened the library ends with its status, before any destructor", async () => {
  if (Deno.build.os !== "linux" || linalgProvider().name === "portable") return;
  const signalled = 128 + 6;
  assertEquals(await codeOf("leaves", "3"), signalled, "without the library destructors run");
  assertEquals(await codeOf("uses", "3"), 3);
  assertEquals(await codeOf("uses", "0"), 0);
  assertEquals(await codeOf("uses", "throws"), 1);
});
