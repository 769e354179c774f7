import { assert, assertEquals, assertRejects } from "@std/assert";
import { listen } from "../../lib/jupyter/zmtp_listen.ts";

/** Runs with a folder that is removed afterwards. */
async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Bits of who may do what. */
function modeOf(path: string): number {
  return Deno.lstatSync(path).mode! & 0o777;
}

Deno.test("listen() makes files that only the owner can use, and removes them", async () => {
  await withFolder(async (folder) => {
    const mask = Deno.umask();
    const listening = await listen({ transport: "ipc", ip: `${folder}/new/kernel`, port: 3 });
    assertEquals(modeOf(`${folder}/new`), 0o700);
    assertEquals(modeOf(`${folder}/new/kernel-3`), 0o600);
    assertEquals(Deno.umask(), mask);
    listening.close();
    assertEquals([...Deno.readDirSync(`${folder}/new`)], []);
    assertEquals(await listening.accept(), null);
  });
});

Deno.test("listen() replaces a file that nobody listens on, and no other", async () => {
  await withFolder(async (folder) => {
    const address = { transport: "ipc", ip: `${folder}/kernel`, port: 1 } as const;
    // Closing removes the file; a second name for it stays, as after a crash.
    const crashed = Deno.listen({ transport: "unix", path: `${folder}/crashed` });
    Deno.linkSync(`${folder}/crashed`, `${folder}/kernel-1`);
    crashed.close();
    assert(Deno.lstatSync(`${folder}/kernel-1`).isSocket);
    const listening = await listen(address);
    await assertRejects(() => listen(address), Deno.errors.AddrInUse, "nobody else may");
    listening.close();
    await Deno.writeTextFile(`${folder}/kernel-1`, "notes");
    await assertRejects(() => listen(address), TypeError, "only a socket's file is replaced");
    assertEquals(await Deno.readTextFile(`${folder}/kernel-1`), "notes");
  });
});

Deno.test("listen() refuses addresses that others can reach, and paths that are too long", async () => {
  for (const ip of ["0.0.0.0", "::", "192.168.1.1", "example.org"]) {
    const address = { transport: "tcp", ip, port: 0 } as const;
    await assertRejects(() => listen(address), RangeError, "only this machine may connect");
  }
  const long = { transport: "ipc", ip: `/tmp/${"x".repeat(101)}`, port: 1 } as const;
  await assertRejects(() => listen(long), RangeError, "107 bytes fit a path: its size is 108");
});
