/**
 * Inputs over the wire: moved by the front end, read by cells.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Json } from "../../lib/jupyter/messages.ts";
import { KernelClient, lineOf } from "./kernel_client.ts";
import { move, opened, shownIn } from "./widgets.ts";

const IMPORT = 'import { input } from "resolvent/notebook";';

Deno.test("moving an input runs its readers, once each, and leaves the input where it is", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run(IMPORT, "import");
  const { messages, own } = await kernel.run(
    "const k = input.range({ min: 0, max: 10, step: 1, value: 3, label: 'k' });\n" +
      "const other = input.checkbox({ label: 'other' });",
    "inputs",
  );
  assertEquals(own.filter((line) => line.startsWith("display_data")), [
    "display_data: k: 3",
    "display_data: other: false",
  ]);
  const [k, other] = opened(messages);
  const square = await kernel.run("k * k", "square");
  assertEquals(shownIn(square.messages), ["execute_result: 9"]);
  await kernel.run("`other is ${other}`", "reader");
  const moved = await move(kernel, k, { value: 7 });
  assertEquals(shownIn(moved), ["execute_result: 49"]);
  const [echo] = moved;
  assertEquals([echo.header.msg_type, (echo.content.data as Json).method], [
    "comm_msg",
    "echo_update",
  ]);
  const ticked = await move(kernel, other, { value: true });
  assertEquals(shownIn(ticked), ['execute_result: "other is true"']);
  // a value that the input cannot have changes nothing
  assertEquals((await move(kernel, k, { value: "much" })).length, 1);
  assertEquals(shownIn((await kernel.run("k", "last")).messages), ["execute_result: 7"]);
});

Deno.test("in the cell of an input, what follows it is replaced in place", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run(IMPORT, "import");
  const { messages, own } = await kernel.run(
    "const n = input.number({ value: 2 });\nconsole.log('n is', n);\nif (n < 5) console.log('small');\nn * 10",
    "a",
  );
  assertEquals(own.filter((line) => line.startsWith("display")), [
    "display_data: number: 2",
    "display_data: ",
  ]);
  assertEquals(shownIn(messages), ["stream: n is 2\nsmall\n", "execute_result: 20"]);
  const [comm] = opened(messages);
  const moved = await move(kernel, comm, { value: 9 });
  assertEquals(shownIn(moved), ["stream: n is 9\n", "execute_result: 90"]);
  // what the file keeps follows, once the input rests
  const kept = await kernel.broadcast();
  assertEquals(lineOf(kept), "update_display_data: n is 9\n\n90");
  const again = await kernel.run("const n = 1; n", "a");
  assertEquals(again.own.filter((line) => line.startsWith("exec")), ["execute_result: 1"]);
  assertEquals(again.messages.filter(({ header }) => header.msg_type === "comm_close").length, 2);
});

Deno.test("fast movement: the last value wins, and no run is left behind", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run(IMPORT, "import");
  const { messages } = await kernel.run(
    "const v = input.range({ min: 0, max: 1000, step: 1 })",
    "a",
  );
  const [comm] = opened(messages);
  await kernel.run("await new Promise((f) => setTimeout(f, 5)); console.log('v', v)", "slow");
  const ids: string[] = [];
  for (let value = 1; value <= 300; value++) {
    const data = { method: "update", state: { value }, buffer_paths: [] };
    ids.push(await kernel.send("comm_msg", { comm_id: comm, data }));
  }
  const waiting = new Set(ids), lines: string[] = [];
  while (waiting.size > 0) {
    const message = await kernel.broadcast();
    const { content, parentHeader } = message;
    lines.push(...shownIn([message]));
    if (content.execution_state === "idle") waiting.delete(String(parentHeader.msg_id));
  }
  assertEquals(lines.at(-1), "stream: v 300\n");
  assert(lines.length < 150, `${lines.length} runs for 300 movements`);
});

Deno.test("a page that attaches again is told the states of all inputs", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run(IMPORT, "import");
  const { messages } = await kernel.run("const t = input.text({ value: 'a', label: 't' })", "a");
  const [comm] = opened(messages);
  await move(kernel, comm, { value: "moved" });
  const control = crypto.randomUUID();
  const target = { comm_id: control, target_name: "jupyter.widget.control", data: {} };
  await kernel.untilIdle(await kernel.send("comm_open", target));
  const asked = { comm_id: control, data: { method: "request_states" } };
  const [answer] = await kernel.untilIdle(await kernel.send("comm_msg", asked));
  const { method, states } = answer.content.data as {
    method: string;
    states: Record<string, { state: Json }>;
  };
  assertEquals([answer.content.comm_id, method], [control, "update_states"]);
  assertEquals(states[comm].state.value, "moved");
  const { comms } = await kernel.ask("comm_info_request", { target_name: "jupyter.widget" });
  assertEquals(comms, { [comm]: { target_name: "jupyter.widget" } });
  // an input that its cell no longer has is closed
  const gone = await kernel.run("const t = 'plain'", "a");
  assertEquals(gone.messages.map(({ header }) => header.msg_type), ["execute_input", "comm_close"]);
  const unknown = { comm_id: "x", target_name: "nobody", data: {} };
  const [closed] = await kernel.untilIdle(await kernel.send("comm_open", unknown));
  assertEquals([closed.header.msg_type, closed.content.comm_id], ["comm_close", "x"]);
});
