import { assert, assertEquals } from "@std/assert";
import { pythonProgram } from "../../lib/cli/python_program.ts";
import type { Address } from "../../lib/jupyter/connection_file.ts";
import { encodeZ85 } from "../../lib/jupyter/z85.ts";
import { curveClient, curveServer, newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";
import { joined } from "../../lib/jupyter/byte_reader.ts";
import { bytesOf, byteText, encodeCommand } from "../../lib/jupyter/zmtp_frames.ts";
import { encodeProperties, greeting } from "../../lib/jupyter/zmtp_handshake.ts";
import { pathOf } from "../../lib/jupyter/zmtp_listen.ts";
import {
  pubSocket,
  repSocket,
  type RouterSocket,
  routerSocket,
  type SocketOptions,
} from "../../lib/jupyter/zmtp_sockets.ts";
import { requirement, succeeds } from "../support/requirements.ts";
import { fromFileUrl } from "../support/notebooks.ts";
import { rng } from "resolvent";
import { ANY, clientOf, isClosedAfter } from "./wire_client.ts";

const { ignore } = requirement(
  "the wire against libzmq",
  () => succeeds(pythonProgram("python3"), ["-c", "import zmq"]),
  "python3 -m pip install pyzmq",
);

const PEER = fromFileUrl(new URL("./wire_peer.py", import.meta.url));

/** Runs a client of libzmq. */
async function python(job: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const child = new Deno.Command(pythonProgram("python3"), {
    args: [PEER],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(job) + "\n"));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** An address as libzmq writes it. */
function urlOf(address: Address): string {
  return address.transport === "ipc"
    ? `ipc://${pathOf(address)}`
    : `tcp://${address.ip}:${address.port}`;
}

/** Gives every message back to its sender. */
async function echo(router: RouterSocket): Promise<void> {
  for await (const { peer, frames } of router) await router.send(peer, frames);
}

/** Addresses of one transport: any port, or files in a folder. */
function addressesOf(transport: "tcp" | "ipc", folder: string): (port: number) => Address {
  return (port) => transport === "tcp" ? ANY : { transport, ip: `${folder}/private/socket`, port };
}

for (const transport of ["tcp", "ipc"] as const) {
  for (const isCurve of [false, true]) {
    Deno.test({
      name: `sockets over ${transport} with ${isCurve ? "CURVE" : "NULL"} talk to libzmq`,
      ignore,
      fn: async () => {
        const folder = await Deno.makeTempDir();
        const at = addressesOf(transport, folder), keys = newKeyPair();
        const options: SocketOptions = isCurve ? { mechanism: curveServer(keys) } : {};
        const router = await routerSocket(at(1), options);
        const rep = await repSocket(at(2), options);
        const pub = await pubSocket(at(3), {
          ...options,
          onSubscribe(topic): void {
            assertEquals(byteText(topic), "a.");
            pub.send([bytesOf("b.1"), bytesOf("not wanted")]);
            pub.send([bytesOf("a.1"), bytesOf("wanted")]);
          },
        });
        const echoing = echo(router);
        const seen = await python({
          router: urlOf(router.address),
          rep: urlOf(rep.address),
          pub: urlOf(pub.address),
          key: isCurve ? encodeZ85(keys.publicKey) : null,
          large: 20 * 2 ** 20,
        });
        assertEquals(seen, {
          rep: "ping",
          ordered: true,
          large: true,
          published: ["a.1", "wanted"],
        });
        await Promise.all([router.close(), rep.close(), pub.close()]);
        await echoing;
        await Deno.remove(folder, { recursive: true });
      },
    });
  }
}

/** Tells whether a REP still answers a client. */
async function serves(address: Address, serverKey?: Uint8Array): Promise<boolean> {
  const client = await clientOf("REQ", address, {
    ...serverKey === undefined ? {} : { mechanism: curveClient(serverKey) },
  });
  await client.send("", "still here");
  const answer = await client.texts();
  client.close();
  return answer?.[1] === "still here";
}

Deno.test({
  name: "a plain client, and one with a wrong key, get nothing of a CURVE socket",
  ignore,
  fn: async () => {
    const keys = newKeyPair();
    const breaches: string[] = [];
    const rep = await repSocket(ANY, {
      mechanism: curveServer(keys),
      onBreach: ({ message }) => breaches.push(message),
    });
    const job = { rep: urlOf(rep.address), patience: 250 };
    const wrong = encodeZ85(newKeyPair().publicKey);
    assertEquals(await Promise.all([python(job), python({ ...job, key: wrong })]), [
      { rep: null },
      { rep: null },
    ]);
    // libzmq may leave before its greeting is whole, as it sees ours.
    assert(await isClosedAfter(rep.address, opening("NULL", "REQ")));
    assert(breaches.some((text) => text.includes("CURVE is the mechanism")), breaches.join("\n"));
    assert(breaches.some((text) => text.includes("the right keys")), breaches.join("\n"));
    assert(await serves(rep.address, keys.publicKey));
    await rep.close();
  },
});

/** What a client says up to the end of the handshake. */
function opening(mechanism: string, socketType: string): Uint8Array {
  const properties = encodeProperties(new Map([["Socket-Type", bytesOf(socketType)]]));
  return joined([greeting(mechanism, false), encodeCommand("READY", properties)]);
}

Deno.test("a socket leaves peers that break the protocol, and serves the others", async () => {
  const rep = await repSocket(ANY, { messageLimit: 1000, timeLimit: 100 });
  const good = opening("NULL", "REQ");
  const huge = Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0, 0);
  const broken: Readonly<Record<string, Uint8Array>> = {
    "not ZMTP": bytesOf("GET / HTTP/1.1\r\n\r\n"),
    "silence": new Uint8Array(0),
    "an old version": bytesOf("\xff\0\0\0\0\0\0\0\x01\x7f\x01\0"),
    "an unknown mechanism": greeting("PLAIN", false),
    "a wrong kind of socket": opening("NULL", "SUB"),
    "no command": joined([greeting("NULL", false), Uint8Array.of(0, 1, 65)]),
    "a long handshake": joined([greeting("NULL", false), Uint8Array.of(6, ...huge.slice(1))]),
    "an oversized frame": joined([good, huge]),
    "a reserved flag": joined([good, Uint8Array.of(8, 0)]),
    "a command of two frames": joined([good, Uint8Array.of(5, 0)]),
    "a command inside a message": joined([good, bytesOf("\x01\x00\x04\x02\x01A")]),
    "an endless message": joined([good, ...Array(30).fill(Uint8Array.of(1, 0))]),
    "an unknown command": joined([good, encodeCommand("DANCE", new Uint8Array(0))]),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    assert(await isClosedAfter(rep.address, bytes), name);
  }
  assert(await isClosedAfter(rep.address, joined([good, Uint8Array.of(0, 9, 1)]), { ends: true }));
  assert(await serves(rep.address));
  await rep.close();
});

Deno.test("a socket lives through 1,000 random streams of frames", async () => {
  const router = await routerSocket(ANY, { timeLimit: 300 });
  const echoing = echo(router);
  const good = opening("NULL", "DEALER");
  const streams = Array.from({ length: 1000 }, (_, i) => {
    const key = rng(11).fork(`stream ${i}`);
    const noise = Uint8Array.from(
      key.fork("bytes").uniform(1 + i % 60),
      (u) => Math.floor(256 * u),
    );
    return i % 4 === 0 ? noise : joined([good, noise]);
  });
  for (let at = 0; at < streams.length; at += 50) {
    const ended = streams.slice(at, at + 50)
      .map((bytes) => isClosedAfter(router.address, bytes, { ends: true, patience: 5000 }));
    assert((await Promise.all(ended)).every(Boolean));
  }
  const client = await clientOf("DEALER", router.address);
  await client.send("still here");
  assertEquals(await client.texts(), ["still here"]);
  client.close();
  await router.close();
  await echoing;
});
