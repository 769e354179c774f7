import { assert, assertEquals } from "@std/assert";
import { StreamBuffer } from "../../lib/notebook/stream_buffer.ts";

/** A buffer and the messages that it sends. */
function recorded(): { buffer: StreamBuffer; sent: (readonly [string, string])[] } {
  const sent: (readonly [string, string])[] = [];
  return { buffer: new StreamBuffer((name, text) => sent.push([name, text])), sent };
}

Deno.test("StreamBuffer.flush() sends many writes as one message", async () => {
  const { buffer, sent } = recorded();
  for (let i = 0; i < 2000; i++) buffer.write("stdout", `${i}\n`);
  assertEquals(sent, []);
  assert(buffer.busy);
  await buffer.flush();
  assertEquals(sent, [["stdout", Array.from({ length: 2000 }, (_, i) => `${i}\n`).join("")]]);
});

Deno.test("StreamBuffer.takeSent() counts the characters since the last call", async () => {
  const { buffer } = recorded();
  buffer.write("stdout", "abc");
  assertEquals(buffer.takeSent(), 0);
  await buffer.flush();
  assertEquals([buffer.takeSent(), buffer.takeSent()], [3, 0]);
});

Deno.test("StreamBuffer.flush() keeps the order of both streams", async () => {
  const { buffer, sent } = recorded();
  buffer.write("stdout", "a");
  buffer.write("stdout", "b");
  buffer.write("stderr", "c");
  buffer.write("stdout", "");
  buffer.write("stdout", "d");
  await buffer.flush();
  assertEquals(sent, [["stdout", "ab"], ["stderr", "c"], ["stdout", "d"]]);
  await buffer.flush();
  assertEquals(sent.length, 3);
});

Deno.test("StreamBuffer.write() sends what a cell that still runs has written", async () => {
  const { buffer, sent } = recorded();
  buffer.write("stdout", "early");
  await new Promise((done) => setTimeout(done, 200));
  assertEquals(sent, [["stdout", "early"]]);
  await buffer.flush();
});

Deno.test("StreamBuffer.flushNow() splits into chunks of 64 kB and cuts no character", () => {
  const { buffer, sent } = recorded();
  const text = "a" + "\u{1F600}".repeat(100_000);
  buffer.write("stdout", text);
  buffer.flushNow();
  assertEquals(sent.map(([, chunk]) => chunk).join(""), text);
  assert(sent.length > 2);
  for (const [, chunk] of sent) assert(chunk.length <= 65536 && chunk.isWellFormed());
});

Deno.test("StreamBuffer.flush() stays below the rate at which a server drops text", async () => {
  const begin = performance.now();
  const { buffer, sent } = recorded();
  const size = 1_200_000; // beyond the burst of 0.9 MB by 0.3 MB, at 0.5 MB/s
  buffer.write("stdout", "x".repeat(size));
  await buffer.flush();
  assertEquals(sent.reduce((sum, [, text]) => sum + text.length, 0), size);
  assert(performance.now() - begin >= 500, "it waits for the server");
});
