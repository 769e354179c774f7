import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { bytesOf, byteText } from "../../lib/jupyter/zmtp_frames.ts";
import {
  decodeProperties,
  encodeProperties,
  greeting,
  nullMechanism,
  shakeHands,
  type SocketType,
} from "../../lib/jupyter/zmtp_handshake.ts";
import { ProtocolBreach } from "../../lib/jupyter/breach.ts";
import { wirePair } from "./wire_pair.ts";

Deno.test("greeting() gives the 64 bytes of RFC 23", () => {
  const bytes = greeting("CURVE", true);
  assertEquals(bytes.length, 64);
  assertEquals([...bytes.slice(0, 12)], [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
  assertEquals(byteText(bytes.slice(12, 32)), "CURVE" + "\0".repeat(15));
  assertEquals([bytes[32], greeting("NULL", true)[32]], [1, 0]);
});

Deno.test("decodeProperties() reads names without regard to case, and refuses what is cut", () => {
  const bytes = encodeProperties(new Map([["Ab", bytesOf("xyz")]]));
  assertEquals([...bytes], [2, 65, 98, 0, 0, 0, 3, 120, 121, 122]);
  assertEquals(byteText(decodeProperties(bytes).get("ab")!), "xyz");
  for (let size = 1; size < bytes.length; size++) {
    assertThrows(() => decodeProperties(bytes.subarray(0, size)), ProtocolBreach, "whole");
  }
});

/** Lets a server and a client of two kinds meet. */
function meet(server: SocketType, client: SocketType, identity?: Uint8Array) {
  const [a, b] = wirePair();
  return Promise.allSettled([
    shakeHands(a, { isServer: true, socketType: server, mechanism: nullMechanism(true) }),
    shakeHands(b, {
      isServer: false,
      socketType: client,
      identity,
      mechanism: nullMechanism(false),
    }),
  ]);
}

Deno.test("shakeHands() lets kinds of sockets meet that belong together, and no others", async () => {
  const pairs: Readonly<Record<string, readonly SocketType[]>> = {
    ROUTER: ["DEALER", "REQ", "ROUTER"],
    PUB: ["SUB"],
    REP: ["REQ", "DEALER"],
  };
  for (const [server, partners] of Object.entries(pairs)) {
    for (const client of ["ROUTER", "DEALER", "REP", "REQ", "PUB", "SUB"] as const) {
      const [one, other] = await meet(server as SocketType, client);
      const expected = partners.includes(client) ? "fulfilled" : "rejected";
      assertEquals([one.status, other.status], [expected, expected], `${server} ${client}`);
      if (other.status === "rejected") {
        assertEquals(String(other.reason).includes("ERROR Invalid-socket-type"), true);
      }
    }
  }
});

Deno.test("shakeHands() gives the identity that the client asks for", async () => {
  const [server] = await meet("ROUTER", "DEALER", bytesOf("me"));
  assertEquals(server.status === "fulfilled" && byteText(server.value.identity), "me");
});

Deno.test("shakeHands() leaves a peer that says nothing", async () => {
  const [a] = wirePair();
  const options = { isServer: true, socketType: "REP", mechanism: nullMechanism(true) } as const;
  await assertRejects(
    () => shakeHands(a, { ...options, timeLimit: 20 }),
    ProtocolBreach,
    "the time is limited: milliseconds is 20",
  );
});
