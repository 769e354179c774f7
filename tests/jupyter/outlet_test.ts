import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { MOST_TEXT, type Outgoing, Outlet } from "../../lib/jupyter/outlet.ts";
import { stopwatch } from "../../lib/run/clock.ts";

/** An outlet with what it sends, and what it puts into files. */
function recorded(send: () => void | Promise<void> = () => {}) {
  const sent: (Outgoing<string> & { readonly at: number })[] = [];
  const files = new Map<string, string>();
  const clock = stopwatch();
  const outlet = new Outlet<string>({
    send: (message) => {
      sent.push({ ...message, at: clock() });
      return send();
    },
    overflow: (cell) => ({
      path: `/tmp/${cell}.txt`,
      write: (text) => void files.set(cell, (files.get(cell) ?? "") + text),
    }),
    clock,
  });
  return { outlet, sent, files };
}

/** A display, or an update of one. */
function display(id: string, value: number, type = "update_display_data"): Outgoing<string> {
  return { parent: "p", type, content: { data: value, transient: { display_id: id } } };
}

/** What a message says, short. */
function short({ type, content }: Outgoing<string>): string {
  return type === "stream" ? `${content.name}:${content.text}` : `${type}:${content.data}`;
}

Deno.test("Outlet.flush() sends all in order, texts that follow each other as one", async () => {
  const { outlet, sent } = recorded();
  outlet.write("a", "p", "stdout", "1");
  outlet.write("a", "p", "stdout", "2");
  outlet.write("a", "p", "stderr", "3");
  outlet.put(display("d", 4, "display_data"));
  outlet.write("a", "p", "stdout", "5");
  outlet.write("b", "q", "stdout", "6");
  await outlet.flush();
  assertEquals(sent.map(short), [
    "stdout:12",
    "stderr:3",
    "display_data:4",
    "stdout:5",
    "stdout:6",
  ]);
  assertEquals(sent.map(({ parent }) => parent), ["p", "p", "p", "p", "q"]);
});

Deno.test("Outlet.write() sends by itself within 20 ms, or with the next display at once", async () => {
  const { outlet, sent } = recorded();
  outlet.write("a", "p", "stdout", "alone");
  await new Promise((done) => setTimeout(done, 60));
  assertEquals(sent.map(short), ["stdout:alone"]);
  const seconds = stopwatch();
  outlet.write("a", "p", "stdout", "before");
  outlet.put(display("d", 1, "execute_result"));
  await outlet.flush();
  assertLess(seconds(), 0.015, "nothing waits for more text");
  assertEquals(sent.map(short).slice(1), ["stdout:before", "execute_result:1"]);
});

Deno.test("Outlet.put() drops updates that a later one replaces, never the last", async () => {
  const { outlet, sent } = recorded(() => new Promise((done) => setTimeout(done, 1)));
  outlet.put(display("d", 0, "display_data"));
  for (let i = 1; i <= 4000; i++) {
    outlet.put(display("d", i));
    outlet.put(display("e", -i));
  }
  await outlet.flush();
  assertLess(sent.length, 10);
  const last = (id: string) =>
    sent.findLast(({ content }) =>
      (content.transient as { display_id: string }).display_id === id
    )!;
  assertEquals([short(last("d")), short(last("e"))], [
    "update_display_data:4000",
    "update_display_data:-4000",
  ]);
});

Deno.test("Outlet sends at most what a notebook server lets pass", async () => {
  const { outlet, sent } = recorded();
  for (let i = 0; i < 1200; i++) outlet.put(display(`d${i}`, i, "display_data"));
  await outlet.flush();
  assertEquals(sent.length, 1200);
  for (const [i, { at }] of sent.entries()) {
    const later = sent.findIndex((message) => message.at >= at + 0.25);
    const window = (later < 0 ? sent.length : later) - i;
    assert(window <= 900 + 0.25 * 600 + 1, `${window} messages in a quarter of a second`);
  }
  assertGreater(sent.at(-1)!.at, 0.4, "300 above the burst take half a second");
});

Deno.test("Outlet.write() puts what is too much for a notebook into a file", async () => {
  const { outlet, sent, files } = recorded();
  const line = `${"x".repeat(9)}\u{1F600}\n`;
  const lines = Math.ceil(1.1 * MOST_TEXT / line.length);
  for (let i = 0; i < lines; i++) outlet.write("a", "p", "stdout", line);
  outlet.write("b", "p", "stdout", "another cell");
  outlet.end("a", "p");
  outlet.end("b", "p");
  await outlet.flush();
  const texts = sent.map(({ content }) => String(content.text));
  assert(texts.every((text) => text.length <= 65536 && text.isWellFormed()));
  const shown = texts.slice(0, -2).join("").replace("another cell", "");
  const rest = files.get("a")!;
  assert(rest.isWellFormed());
  const all = texts.join("");
  const note = `\n[${rest.length} more characters are in /tmp/a.txt]\n`;
  assert(all.endsWith(note));
  assertEquals(all.replace(note, "").replace("another cell", "") + rest, line.repeat(lines));
  assertLess(shown.length, MOST_TEXT + 1);
  assertEquals([...files.keys()], ["a"]);
  outlet.begin("a");
  outlet.write("a", "p", "stdout", "again");
  await outlet.flush();
  assertEquals(short(sent.at(-1)!), "stdout:again");
});
