import { assert, assertEquals, assertThrows } from "@std/assert";
import { ProtocolBreach } from "../../lib/jupyter/breach.ts";
import { curveClient, curveServer, keyPairOf, newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";
import { bytesOf, byteText, type Frame } from "../../lib/jupyter/zmtp_frames.ts";
import { type Met, shakeHands } from "../../lib/jupyter/zmtp_handshake.ts";
import { wirePair } from "./wire_pair.ts";

const KEYS = keyPairOf(Uint8Array.from({ length: 32 }, (_, i) => i));

/** Lets a server and a client meet; one command may be altered on its way. */
function meet(
  serverKey: Uint8Array,
  change?: (bytes: Uint8Array, end: number) => Uint8Array,
): Promise<[PromiseSettledResult<Met>, PromiseSettledResult<Met>]> {
  const [a, b] = wirePair(change);
  const [server, client] = [curveServer(KEYS), curveClient(serverKey)];
  return Promise.allSettled([
    shakeHands(a, { isServer: true, socketType: "ROUTER", mechanism: server }),
    shakeHands(b, { isServer: false, socketType: "DEALER", mechanism: client }),
  ]);
}

/** A server and a client that have met. */
async function met(): Promise<readonly [Met, Met]> {
  const [server, client] = await meet(KEYS.publicKey);
  assert(server.status === "fulfilled" && client.status === "fulfilled");
  return [server.value, client.value];
}

/** A part of a message. */
function part(text: string, more = false): Frame {
  return { more, command: false, body: bytesOf(text) };
}

Deno.test("curveServer() and curveClient() meet, and what they send is hidden", async () => {
  const [server, client] = await met();
  for (const [from, to] of [[server, client], [client, server]]) {
    const box = from.seal(part("secret text", true));
    assertEquals([box.more, box.command], [false, false]);
    assert(!byteText(box.body).includes("secret"));
    const { more, body } = to.open(box);
    assertEquals([more, byteText(body)], [true, "secret text"]);
  }
  assertEquals(client.open(server.seal({ ...part("x"), command: true })).command, true);
});

Deno.test("curveServer() refuses boxes that come again, out of order, altered or sent back", async () => {
  const [server, client] = await met();
  const [first, second, third] = ["1", "2", "3"].map((text) => client.seal(part(text)));
  server.open(first);
  assertThrows(() => server.open(first), ProtocolBreach, "its number must rise");
  server.open(third);
  assertThrows(() => server.open(second), ProtocolBreach, "its number must rise");
  const altered = client.seal(part("4"));
  altered.body[altered.body.length - 1] ^= 1;
  assertThrows(() => server.open(altered), ProtocolBreach, "the right keys");
  const own = server.seal(part("5"));
  new DataView(own.body.buffer).setBigUint64(8, 99n); // so that its number rises
  assertThrows(() => server.open(own), ProtocolBreach, "the right keys");
  assertThrows(() => server.open(part("")), ProtocolBreach, "its name must fit");
  assertThrows(() => server.open(part("\x07MESSAGE")), ProtocolBreach, "MESSAGE must hold it");
});

Deno.test("curveServer() refuses a client that takes it for another", async () => {
  const [server, client] = await meet(newKeyPair().publicKey);
  assert(server.status === "rejected" && client.status === "rejected");
  assert(String(server.reason).includes("the right keys"), String(server.reason));
});

Deno.test("a handshake of which any command is altered fails on the side that reads it", async () => {
  // Writes of the client: greeting, HELLO, INITIATE; of the server: greeting, WELCOME, READY.
  for (const end of [0, 1]) {
    for (const which of [1, 2]) {
      let count = 0;
      const results = await meet(KEYS.publicKey, (bytes, from) => {
        if (from !== end || count++ !== which) return bytes;
        const changed = bytes.slice();
        changed[changed.length - 1] ^= 1;
        return changed;
      });
      const { status } = results[1 - end];
      assertEquals(status, "rejected", `end ${end}, write ${which}`);
    }
  }
});
