import { assertEquals } from "@std/assert";
import { Inbox } from "../../lib/jupyter/inbox.ts";

/** Tells whether work has ended once all that could go on has. */
async function hasEnded(work: Promise<void>): Promise<boolean> {
  let ended = false;
  void work.then(() => ended = true);
  await new Promise((done) => setTimeout(done, 1));
  return ended;
}

Deno.test("Inbox gives entries in their order, to a reader that came before or after them", async () => {
  const inbox = new Inbox<number>();
  const entries = inbox[Symbol.asyncIterator]();
  await inbox.put(1, 10);
  await inbox.put(2, 10);
  assertEquals((await entries.next()).value, 1);
  assertEquals((await entries.next()).value, 2);
  const third = entries.next();
  await inbox.put(3, 10);
  assertEquals((await third).value, 3);
});

Deno.test("Inbox holds up who brings more than fits, until it is taken", async () => {
  const inbox = new Inbox<string>(10);
  const entries = inbox[Symbol.asyncIterator]();
  assertEquals(await hasEnded(inbox.put("fits", 10)), true);
  const second = inbox.put("too much", 5), third = inbox.put("more", 5);
  assertEquals(await hasEnded(second), false);
  await entries.next(); // 10 are there still: they fit
  assertEquals([await hasEnded(second), await hasEnded(third)], [true, true]);
  // one that is larger than all of it waits for its own turn, and no longer
  const large = inbox.put("large", 1000);
  const rest = [await entries.next(), await entries.next()].map(({ value }) => value);
  assertEquals([rest, await hasEnded(large)], [["too much", "more"], false]);
  assertEquals([(await entries.next()).value, await hasEnded(large)], ["large", true]);
});

Deno.test("Inbox lets a fast writer be no further ahead than its limit", async () => {
  const inbox = new Inbox<number>(8);
  let ahead = 0, most = 0;
  const writing = (async () => {
    for (let i = 0; i < 200; i++) {
      most = Math.max(most, ++ahead);
      await inbox.put(i, 2);
    }
  })();
  const taken: number[] = [];
  for await (const entry of inbox) {
    ahead--;
    taken.push(entry);
    if (entry % 7 === 0) await new Promise((done) => setTimeout(done, 0));
    if (entry === 199) break;
  }
  await writing;
  assertEquals(taken, Array.from({ length: 200 }, (_, i) => i));
  assertEquals(most <= 6, true, `${most} ahead`); // four fit, one more waits, one is on its way
});

Deno.test("Inbox lets everybody go when it is closed", async () => {
  const inbox = new Inbox<number>(1);
  const waiting = inbox.put(1, 10);
  assertEquals(await hasEnded(waiting), false);
  inbox.close();
  assertEquals(await hasEnded(waiting), true);
  assertEquals(await hasEnded(inbox.put(2, 10)), true);
  assertEquals((await inbox[Symbol.asyncIterator]().next()).done, true);
  const empty = new Inbox<number>();
  const next = empty[Symbol.asyncIterator]().next();
  empty.close();
  assertEquals((await next).done, true);
});
