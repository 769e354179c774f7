/**
 * The kernel under random bytes, frames and messages: it lives on, and answers.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { joined } from "../../lib/jupyter/byte_reader.ts";
import { CHANNELS, parseConnectionFile } from "../../lib/jupyter/connection_file.ts";
import type { Json } from "../../lib/jupyter/messages.ts";
import { bytesOf, encodeCommand } from "../../lib/jupyter/zmtp_frames.ts";
import { encodeProperties, greeting } from "../../lib/jupyter/zmtp_handshake.ts";
import { KernelClient } from "./kernel_client.ts";
import { clientOf, isClosedAfter } from "./wire_client.ts";

/** Kinds of requests; the end is asked for by none of them. */
const TYPES: readonly string[] = [
  ...["kernel_info", "execute", "is_complete", "complete", "inspect", "history", "comm_info"],
  ...["interrupt", "debug", "create_subshell", "list_subshell"],
].map((name) => `${name}_request`).concat("comm_open", "comm_msg", "comm_close", "input_reply", "");

/** Names that contents and metadata have. */
const FIELDS: readonly string[] = [
  ...["code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error"],
  ...["cursor_pos", "detail_level", "hist_access_type", "output", "raw", "session", "start"],
  ...["stop", "n", "pattern", "unique", "comm_id", "target_name", "data", "value", "status"],
  ...["cellId", "deletedCells", "tags", "resolvent", "subshell_id", "seq", "command"],
];

/** Values of every kind, and some that cannot be made a text, a date or a size. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue() },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      { toString: null, valueOf: 1 },
      { method: "update", state: { value: {} }, buffer_paths: [["a", 0], null] },
      { method: "request_states" },
      { mode: "lazy", tight: [] },
      ["lazy", null, 7],
      "tail",
      "search",
      "range",
      -1,
      2 ** 53,
    ),
  },
);

/** What a message may say. */
const record: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.dictionary(fc.constantFrom(...FIELDS), value, { minKeys: 4, maxKeys: 20 }),
  },
  { weight: 1, arbitrary: value },
);

const message = fc.record({
  type: fc.constantFrom(...TYPES),
  content: record,
  metadata: record,
  channel: fc.constantFrom("shell", "control", "stdin"),
  buffers: fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 3 }),
});

Deno.test("the kernel lives through 1,000 random messages that are rightly signed", async () => {
  await using kernel = await KernelClient.start({ quiet: true });
  await kernel.run("const kept = 42", "kept");
  const { addresses } = parseConnectionFile(
    await Deno.readTextFile(`${kernel.folder}/connection.json`),
  );
  // peers of their own, so that nobody else gets their answers
  const peers = {
    shell: await clientOf("DEALER", addresses.shell),
    control: await clientOf("DEALER", addresses.control),
    stdin: await clientOf("DEALER", addresses.stdin),
  };
  const messages = fc.sample(message, { numRuns: 1000, seed: 41 });
  for (const { type, content, metadata, channel, buffers } of messages) {
    const beside = { metadata: metadata as Json, buffers };
    const { parts } = kernel.signed(type, content as Json, beside);
    assert(await peers[channel as "shell"].send(...parts), `${channel} was closed`);
  }
  // the answer to what each peer asks last comes when all before it has been taken
  for (const channel of ["shell", "control"] as const) {
    const { id, parts } = kernel.signed("kernel_info_request", {});
    await peers[channel].send(...parts);
    let answer = await peers[channel].texts();
    while (answer !== null && !answer.some((part) => part.includes(id))) {
      answer = await peers[channel].texts();
    }
    assert(answer !== null, `${channel} was closed`);
  }
  const info = await kernel.ask("kernel_info_request", {}, { channel: "control" });
  assertEquals(info.status, "ok");
  // those before it are executed first, and may abort what is queued behind them
  let last = await kernel.run("kept", "last");
  for (let left = 20; last.reply.status === "aborted" && left > 0; left--) {
    last = await kernel.run("kept", "last");
  }
  assertEquals(last.own, ["execute_result: 42"]);
  for (const peer of Object.values(peers)) peer.close();
});

/** What a peer says up to the end of the handshake. */
function opening(socketType: string): Uint8Array {
  const properties = encodeProperties(new Map([["Socket-Type", bytesOf(socketType)]]));
  return joined([greeting("NULL", false), encodeCommand("READY", properties)]);
}

Deno.test("the kernel lives through 1,000 random streams of bytes, on all channels", async () => {
  await using kernel = await KernelClient.start({ quiet: true });
  const { addresses } = parseConnectionFile(
    await Deno.readTextFile(`${kernel.folder}/connection.json`),
  );
  const noise = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 80 }),
    // frames whose heads fit what follows
    fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 6 }).map((bodies) =>
      joined(bodies.map((body, i) => {
        const more = Number(i + 1 < bodies.length);
        return Uint8Array.of(more, body.length, ...body);
      }))
    ),
  );
  const streams = fc.sample(fc.tuple(noise, fc.boolean()), { numRuns: 1000, seed: 42 });
  const types = { shell: "DEALER", control: "DEALER", stdin: "DEALER", iopub: "SUB", hb: "REQ" };
  const ended = await inLanes(streams, 50, async ([bytes, meets], i) => {
    const channel = CHANNELS[i % CHANNELS.length];
    const whole = meets ? joined([opening(types[channel]), bytes]) : bytes;
    return await isClosedAfter(addresses[channel], whole, { ends: true, patience: 20_000 });
  });
  assertEquals(ended.filter((one) => !one).length, 0, "a stream was left open");
  assertEquals((await kernel.run("1 + 1", "a")).own, ["execute_result: 2"]);
});

/** Does something with each of many, a number of them at once. */
async function inLanes<T, R>(
  all: readonly T[],
  lanes: number,
  work: (one: T, at: number) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += lanes) {
    done.push(...await Promise.all(all.slice(at, at + lanes).map((one, i) => work(one, at + i))));
  }
  return done;
}
