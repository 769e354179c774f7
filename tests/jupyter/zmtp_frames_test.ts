import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  bytesOf,
  byteText,
  encodeCommand,
  encodeFrames,
  FrameReader,
  MessageJoiner,
  type Received,
} from "../../lib/jupyter/zmtp_frames.ts";
import { ProtocolBreach } from "../../lib/jupyter/breach.ts";

/** A reader of bytes that come in pieces of one size. */
function readerOf(bytes: Uint8Array, { limit = 1000, piece = 7 } = {}): FrameReader {
  let at = 0;
  return new FrameReader(() => {
    const part = bytes.subarray(at, at += piece);
    return Promise.resolve(part.length === 0 ? null : part);
  }, { limit });
}

/** All that bytes say. */
async function read(
  bytes: Uint8Array,
  options: { limit?: number; piece?: number } = {},
): Promise<readonly Received[]> {
  const reader = readerOf(bytes, options);
  const joiner = new MessageJoiner(options.limit ?? 1000);
  const all: Received[] = [];
  for (let frame = await reader.next(); frame !== null; frame = await reader.next()) {
    const whole = joiner.add(frame);
    if (whole !== null) all.push(whole);
  }
  return all;
}

Deno.test("encodeFrames() and encodeCommand() give the bytes of RFC 23", () => {
  assertEquals([...encodeFrames([bytesOf("AB"), bytesOf("")])], [1, 2, 65, 66, 0, 0]);
  assertEquals([...encodeCommand("READY", Uint8Array.of(9))], [4, 7, 5, 82, 69, 65, 68, 89, 9]);
  // 255 bytes are short, 256 are long: flag 2 and eight bytes of size.
  assertEquals([...encodeFrames([new Uint8Array(255)]).slice(0, 2)], [0, 255]);
  const long = encodeFrames([new Uint8Array(256)]);
  assertEquals([...long.slice(0, 10)], [2, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  assertEquals(long.length, 265);
});

Deno.test("FrameReader gives what encodeFrames() was given, however it is cut", async () => {
  const part = fc.uint8Array({ maxLength: 300 });
  const messages = fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(messages, fc.integer({ min: 1, max: 400 }), async (sent, piece) => {
      const bytes = Uint8Array.from(sent.flatMap((parts) => [...encodeFrames(parts)]));
      const got = await read(bytes, { piece, limit: 2000 });
      assertEquals(
        got.map((whole) => "parts" in whole ? whole.parts.map((p) => [...p]) : null),
        sent.map((parts) => parts.map((p) => [...p])),
      );
    }),
    { seed: 2, numRuns: 100 },
  );
});

Deno.test("FrameReader reads commands between messages", async () => {
  const [command] = await read(encodeCommand("PING", bytesOf("xyz")));
  assertEquals("command" in command && command.command.name, "PING");
  assertEquals("command" in command && byteText(command.command.data), "xyz");
});

Deno.test("FrameReader and MessageJoiner refuse what breaks the protocol", async () => {
  const cases: readonly (readonly [readonly number[], string])[] = [
    [[8, 0], "reserved flags"],
    [[5, 1, 0], "a command must be one frame"],
    [[1, 0, 4, 2, 1, 65], "no command may come inside"],
    [[0, 5, 1], "ended too early"],
    [[0], "ended inside a frame"],
    [[0, 5], "ended inside a frame"],
    [[2, 0, 0, 0, 0, 0, 0, 4, 0], "1000 is the limit"],
    [[2, 255, 255, 255, 255, 255, 255, 255, 255], "1000 is the limit"],
    [[4, 0], "its name must fit"],
    [[4, 2, 0, 65], "its name must fit"],
    [[4, 2, 2, 65], "its name must fit"],
    [Array(30).fill([1, 0]).flat(), "1000 is the limit"],
  ];
  for (const [bytes, text] of cases) {
    await assertRejects(() => read(Uint8Array.from(bytes)), ProtocolBreach, text);
  }
});
