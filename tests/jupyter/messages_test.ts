import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { rng } from "resolvent";
import {
  decodeMessage,
  encodeMessage,
  type Message,
  newHeader,
  SeenSignatures,
  signatureOf,
} from "../../lib/jupyter/messages.ts";
import { bytesOf, byteText } from "../../lib/jupyter/zmtp_frames.ts";

const KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84";
const HEADER = { msg_id: "1", msg_type: "execute_request", session: "s" };

/** A message with some fields replaced. */
function messageOf(replaced: Partial<Message> = {}): Message {
  return {
    identities: [bytesOf("client")],
    header: HEADER,
    parentHeader: {},
    metadata: {},
    content: { code: "1 + 1" },
    buffers: [],
    channel: "shell",
    ...replaced,
  };
}

/** Frames signed rightly, of parts that may be anything. */
function signed(parts: readonly string[]): Uint8Array[] {
  const bytes = parts.map(bytesOf);
  return [bytesOf("<IDS|MSG>"), bytesOf(signatureOf(bytes, KEY)), ...bytes];
}

/** Why frames are refused, or null. */
function refusal(frames: readonly Uint8Array[], key = KEY): string | null {
  const decoded = decodeMessage(frames, key);
  return "refused" in decoded ? decoded.refused : null;
}

Deno.test("signatureOf() is what Python's hmac gives", () => {
  // hmac.new(KEY, b'{"msg_id":"1"}{}{}{"code":"1"}', "sha256").hexdigest(), Python 3.11
  const parts = ['{"msg_id":"1"}', "{}", "{}", '{"code":"1"}'].map(bytesOf);
  assertEquals(
    signatureOf(parts, KEY),
    "1250107cff6f1bdb5b6ddeba9540671bea80b06273bd38a1201cc930c9364af6",
  );
  assertEquals(signatureOf(parts, ""), "");
});

Deno.test("decodeMessage() gives what encodeMessage() was given", () => {
  const bytes = fc.uint8Array({ maxLength: 20 });
  const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(
      fc.array(bytes.filter((frame) => byteText(frame) !== "<IDS|MSG>")),
      record,
      record,
      fc.array(bytes),
      fc.constantFrom("", KEY),
      (identities, metadata, content, buffers, key) => {
        const plain = JSON.parse(JSON.stringify({ metadata, content }));
        const message = messageOf({ identities, ...plain, buffers });
        assertEquals(decodeMessage(encodeMessage(message, key), key), { message });
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

Deno.test("decodeMessage() refuses what is not signed rightly", () => {
  const frames = encodeMessage(messageOf(), KEY);
  assertEquals(refusal(frames), null);
  assertEquals(refusal(encodeMessage(messageOf(), "other")), "its signature is wrong");
  assertEquals(refusal(encodeMessage(messageOf(), "")), "it is not signed");
  const changed = frames.with(6, bytesOf('{"code":"rm"}'));
  assertEquals(refusal(changed), "its signature is wrong");
  assertEquals(refusal(frames.with(2, frames[2].slice(0, 32))), "its signature is wrong");
});

Deno.test("decodeMessage() refuses what is cut short or is no message", () => {
  const frames = encodeMessage(messageOf(), KEY);
  assertEquals(refusal(frames.slice(0, -1)), "parts are missing");
  assertEquals(refusal(frames.toSpliced(1, 1)), "it has no delimiter");
  assertEquals(refusal([]), "it has no delimiter");
  const header = JSON.stringify(HEADER);
  for (const part of ["[]", "null", "1", "{", "", "\xff", '"{}"']) {
    const reason = "a part of it is not an object of JSON";
    assertEquals(refusal(signed([header, part, "{}", "{}"])), reason, part);
    assertEquals(refusal(signed([header, "{}", "{}", part])), reason, part);
  }
  for (const name of ["msg_id", "msg_type", "session"]) {
    for (const value of [undefined, "", 1]) {
      const bad = JSON.stringify({ ...HEADER, [name]: value });
      assertMatch(refusal(signed([bad, "{}", "{}", "{}"])) ?? "", /^its header lacks/);
    }
  }
});

Deno.test("decodeMessage() refuses a message that was sent before, on any channel", () => {
  const seen = new SeenSignatures();
  const frames = encodeMessage(messageOf(), KEY);
  assert("message" in decodeMessage(frames, KEY, { seen }));
  assertEquals(decodeMessage(frames, KEY, { seen, channel: "control" }), {
    refused: "it was sent before",
  });
});

Deno.test("SeenSignatures keeps the last of them only", () => {
  const seen = new SeenSignatures(2);
  assertEquals(["a", "b", "a", "c", "b", "a"].map((text) => seen.add(text)), [
    true,
    true,
    false,
    true,
    false,
    true,
  ]);
});

Deno.test("decodeMessage() refuses 1,000 changed messages, and throws at none", () => {
  const frames = encodeMessage(messageOf({ buffers: [bytesOf("buffer")] }), KEY);
  for (let i = 0; i < 1000; i++) {
    const key = rng(5).fork(`change ${i}`);
    const [which, place, bit] = key.uniform(3);
    // From the delimiter to the content: identities and buffers are not signed.
    const at = 1 + Math.floor(6 * which);
    const changed = frames[at].slice();
    changed[Math.floor(place * changed.length)] ^= 1 << Math.floor(8 * bit);
    const broken = i % 3 === 0
      ? frames.toSpliced(at, 1)
      : i % 3 === 1
      ? frames.with(at, changed)
      : frames.with(at, frames[at].slice(0, Math.floor(place * frames[at].length)));
    assertNotEquals(refusal(broken), null, `change ${i}`);
    refusal(broken, ""); // without a key it may pass, and may not throw
  }
});

Deno.test("newHeader() makes names that differ, and says when", () => {
  const [a, b] = [newHeader("status", "s"), newHeader("status", "s", "me")];
  assertNotEquals(a.msg_id, b.msg_id);
  assertEquals([a.msg_type, a.session, a.username, b.username], ["status", "s", "kernel", "me"]);
  assertEquals(a.version, "5.4");
  assertMatch(String(a.date), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});
