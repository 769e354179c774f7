import { assert, assertEquals } from "@std/assert";
import { pubSocket, repSocket, routerSocket } from "../../lib/jupyter/zmtp_sockets.ts";
import { joined } from "../../lib/jupyter/byte_reader.ts";
import { bytesOf, byteText, encodeCommand, encodeFrames } from "../../lib/jupyter/zmtp_frames.ts";
import { encodeProperties, greeting } from "../../lib/jupyter/zmtp_handshake.ts";
import { curveClient, curveServer, newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";
import { ANY, type Client, clientOf, connect } from "./wire_client.ts";

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !holds(); turn++) await new Promise((go) => setTimeout(go, 2));
  assert(holds(), "it came to hold in time");
}

/** A SUB whose subscription the PUB has taken. */
async function subscriber(
  address: Parameters<typeof clientOf>[1],
  topic: string,
  seen: string[],
): Promise<Client> {
  const before = seen.length;
  const client = await clientOf("SUB", address);
  await client.send("\x01" + topic);
  await until(() => seen.length > before);
  return client;
}

Deno.test("routerSocket() gives messages with the peer's identity, and sends to one peer", async () => {
  const router = await routerSocket(ANY);
  const named = await clientOf("DEALER", router.address, { identity: bytesOf("me") });
  const nameless = await clientOf("DEALER", router.address);
  await named.send("a", "", "b");
  const incoming = router[Symbol.asyncIterator]();
  const first = (await incoming.next()).value!;
  assertEquals(byteText(first.peer), "me");
  assertEquals(first.frames.map(byteText), ["a", "", "b"]);
  await nameless.send("c");
  const second = (await incoming.next()).value!;
  assertEquals([...second.peer], [0, 0, 0, 0, 1]);
  assert(await router.send(second.peer, [bytesOf("to c")]));
  assert(await router.send(first.peer, [bytesOf("to a"), bytesOf("!")]));
  assertEquals(await nameless.texts(), ["to c"]);
  assertEquals(await named.texts(), ["to a", "!"]);
  assertEquals(await router.send(bytesOf("nobody"), []), false);
  await router.close();
  assertEquals(await named.texts(), null);
  assertEquals((await incoming.next()).done, true);
});

Deno.test("routerSocket() lets a client that connects again take its own place", async () => {
  const router = await routerSocket(ANY);
  const old = await clientOf("DEALER", router.address, { identity: bytesOf("me") });
  await old.send("old");
  const incoming = router[Symbol.asyncIterator]();
  await incoming.next();
  const fresh = await clientOf("DEALER", router.address, { identity: bytesOf("me") });
  await fresh.send("fresh");
  const { peer } = (await incoming.next()).value!;
  await router.send(peer, [bytesOf("answer")]);
  assertEquals(await fresh.texts(), ["answer"]);
  assertEquals(await old.texts(), null);
  fresh.close();
  await router.close();
});

Deno.test("routerSocket() keeps 2,000 messages in order", async () => {
  const router = await routerSocket(ANY);
  const client = await clientOf("DEALER", router.address, { identity: bytesOf("me") });
  for (let i = 0; i < 2000; i++) void client.send(String(i));
  let count = 0;
  for await (const { peer, frames } of router) {
    assertEquals(byteText(frames[0]), String(count));
    void router.send(peer, frames);
    if (++count === 2000) break;
  }
  for (let i = 0; i < 2000; i++) assertEquals(await client.texts(), [String(i)]);
  client.close();
  await router.close();
});

Deno.test("routerSocket() waits for a peer that does not read, and close() ends the wait", async () => {
  const router = await routerSocket(ANY, { queueLimit: 1e6 });
  const client = await clientOf("DEALER", router.address, { identity: bytesOf("me") });
  await client.send("x");
  const { peer } = (await router[Symbol.asyncIterator]().next()).value!;
  let sent = 0;
  const sending = (async () => {
    while (await router.send(peer, [new Uint8Array(1e6)])) sent++;
  })();
  let before = -1;
  while (before !== sent) { // until the system's buffers are full
    before = sent;
    await new Promise((go) => setTimeout(go, 60));
  }
  assert(sent < 100, `${sent} messages of 1 MB were taken`);
  await router.close(10);
  await sending;
  client.close();
});

Deno.test("pubSocket() sends what begins with a topic, until it is cancelled", async () => {
  const seen: string[] = [];
  const pub = await pubSocket(ANY, { onSubscribe: (topic) => seen.push(byteText(topic)) });
  const ab = await subscriber(pub.address, "ab", seen);
  const all = await subscriber(pub.address, "", seen);
  const none = await clientOf("SUB", pub.address);
  for (const topic of ["a", "abc", "ab", "xab"]) pub.send([bytesOf(topic), bytesOf("!")]);
  assertEquals([await ab.texts(), await ab.texts()], [["abc", "!"], ["ab", "!"]]);
  for (const topic of ["a", "abc", "ab", "xab"]) assertEquals((await all.texts())?.[0], topic);
  await ab.send("\x01ab"); // twice now, so one end leaves it
  await ab.send("\x00ab");
  await ab.send("\x01zz");
  await until(() => seen.includes("zz"));
  pub.send([bytesOf("abd")]);
  assertEquals(await ab.texts(), ["abd"]);
  await ab.send("\x00ab");
  await ab.send("\x01yy");
  await until(() => seen.includes("yy"));
  pub.send([bytesOf("abe")]);
  pub.send([bytesOf("yy")]);
  assertEquals(await ab.texts(), ["yy"]);
  await pub.close();
  assertEquals(await none.texts(), null);
  for (const client of [ab, all]) client.close();
});

Deno.test("pubSocket() drops what a slow peer does not take, and serves the others", async () => {
  const seen: string[] = [];
  const pub = await pubSocket(ANY, {
    queueLimit: 5e6,
    onSubscribe: (topic) => seen.push(byteText(topic)),
  });
  const slow = await subscriber(pub.address, "", seen);
  const quick = await subscriber(pub.address, "", seen);
  for (let i = 0; i < 60; i++) {
    pub.send([bytesOf(String(i)), new Uint8Array(1e6)]);
    assertEquals(byteText((await quick.next())![0]), String(i));
  }
  const reading: Promise<string[]> = (async () => {
    const got: string[] = [];
    for (let parts = await slow.next(); parts !== null; parts = await slow.next()) {
      got.push(byteText(parts[0]));
    }
    return got;
  })();
  await pub.flush();
  await pub.close();
  const got = await reading;
  assert(got.length >= 5 && got.length < 60, `${got.length} of 60 arrived`);
  assertEquals(got, got.toSorted((a, b) => Number(a) - Number(b)));
  quick.close();
});

Deno.test("repSocket() gives back what it gets, and no message without an envelope", async () => {
  const rep = await repSocket(ANY);
  const client = await clientOf("DEALER", rep.address);
  await client.send("id", "", "ping", "x");
  assertEquals(await client.texts(), ["id", "", "ping", "x"]);
  await client.send("ping");
  assertEquals(await client.texts(), null);
  await rep.close();
});

Deno.test("routerSocket() with CURVE serves a client that knows its key", async () => {
  const keys = newKeyPair();
  const router = await routerSocket(ANY, { mechanism: curveServer(keys) });
  const client = await clientOf("DEALER", router.address, {
    mechanism: curveClient(keys.publicKey),
  });
  for (let i = 0; i < 20; i++) void client.send(String(i), "part");
  let count = 0;
  for await (const { peer, frames } of router) {
    assertEquals(frames.map(byteText), [String(count), "part"]);
    await router.send(peer, frames);
    assertEquals(await client.texts(), [String(count), "part"]);
    if (++count === 20) break;
  }
  client.close();
  await router.close();
});

Deno.test("a socket answers PING by PONG with the same context, between messages", async () => {
  const rep = await repSocket(ANY);
  const stream = await connect(rep.address);
  const properties = encodeProperties(new Map([["Socket-Type", bytesOf("REQ")]]));
  const ping = encodeCommand("PING", Uint8Array.of(0, 10, ...bytesOf("context")));
  const question = encodeFrames([new Uint8Array(0), bytesOf("a")]);
  const opening = [greeting("NULL", false), encodeCommand("READY", properties)];
  await stream.write(joined([...opening, ping, question, ping]));
  const late = setTimeout(() => stream.close(), 3000); // a read then fails
  const pong = encodeCommand("PONG", bytesOf("context"));
  const expected = joined([pong, question, pong]);
  let seen = new Uint8Array(0);
  const block = new Uint8Array(4096);
  const isThere = () => byteText(seen).endsWith(byteText(expected));
  while (!isThere() && seen.length < 1000) {
    const size = await stream.read(block);
    assert(size !== null, "it was closed");
    seen = joined([seen, block.slice(0, size)]);
  }
  assert(isThere(), byteText(seen));
  await stream.write(encodeCommand("PING", Uint8Array.of(0)));
  while (await stream.read(block) !== null); // one that is too short ends the connection
  clearTimeout(late);
  stream.close();
  await rep.close();
});

Deno.test("sockets listen on the loopback address of IPv6", async () => {
  const rep = await repSocket({ transport: "tcp", ip: "::1", port: 0 });
  const client = await clientOf("REQ", rep.address);
  await client.send("", "over six");
  assertEquals(await client.texts(), ["", "over six"]);
  client.close();
  await rep.close();
});
