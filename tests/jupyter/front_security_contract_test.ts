/**
 * What the kernel refuses, and that nothing of it is executed.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { parseConnectionFile } from "../../lib/jupyter/connection_file.ts";
import { curveClient, newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";
import { KernelClient } from "./kernel_client.ts";
import { clientOf, isClosedAfter } from "./wire_client.ts";

const COUNT = "globalThis.count = (globalThis.count ?? 0) + 1";

Deno.test("messages that are forged, changed, cut or sent again are not acted upon", async () => {
  await using kernel = await KernelClient.start();
  const request = { code: COUNT, silent: false, store_history: true };
  const fresh = () => kernel.signed("execute_request", request).parts;
  const text = (value: string) => new TextEncoder().encode(value);
  const once = fresh(), other = kernel.signed("execute_request", { ...request, code: "0" }).parts;
  await kernel.sendParts("shell", ...once);
  assertEquals((await kernel.next("shell")).content.status, "ok");
  const bad: readonly (readonly Uint8Array[])[] = [
    once, // again
    fresh().with(1, text("0".repeat(64))),
    fresh().with(1, text("")),
    other.with(5, once[5]), // the content of another message
    fresh().slice(0, 5),
    fresh().slice(1),
    [text("<IDS|MSG>")],
    fresh().with(2, text("{")),
  ];
  for (const parts of bad) {
    for (const channel of ["shell", "control", "stdin"] as const) {
      await kernel.sendParts(channel, ...parts);
    }
  }
  await kernel.send("no_such_request", {}); // well signed, and unknown
  // the answer to what is asked next is the next answer: none of those was answered
  assertEquals((await kernel.run("count", "a")).own.at(-1), "execute_result: 1");
});

Deno.test("bytes that are no ZMTP end their connection, and no others", async () => {
  await using kernel = await KernelClient.start();
  const file = await Deno.readTextFile(`${kernel.folder}/connection.json`);
  const { addresses } = parseConnectionFile(file);
  for (const channel of ["shell", "iopub", "control", "hb"] as const) {
    const bytes = crypto.getRandomValues(new Uint8Array(4096));
    assertEquals(await isClosedAfter(addresses[channel], bytes), true, channel);
  }
  assertEquals((await kernel.run("1 + 1", "a")).own, ["execute_result: 2"]);
  const modes = [1, 2, 3, 4, 5].map((port) =>
    Deno.statSync(`${kernel.folder}/s-${port}`).mode! & 0o777
  );
  assertEquals(modes, modes.map(() => 0o600), "sockets are their owner's alone");
});

Deno.test("an encrypted kernel runs cells, and lets in nobody without its key", async () => {
  await using kernel = await KernelClient.start({ transport: "tcp", curve: true });
  assertEquals((await kernel.run("6 * 7", "a")).own, ["execute_result: 42"]);
  const file = await Deno.readTextFile(`${kernel.folder}/connection.json`);
  const { addresses } = parseConnectionFile(file);
  assertEquals(addresses.shell.ip, "127.0.0.1");
  await assertRejects(() => clientOf("DEALER", addresses.shell));
  const wrong = curveClient(newKeyPair().publicKey);
  await assertRejects(() => clientOf("DEALER", addresses.shell, { mechanism: wrong }));
  assertEquals((await kernel.run("'still here'", "b")).own, ['execute_result: "still here"']);
});
