import { assertEquals } from "@std/assert";
import { otherThreadsWait } from "../../lib/notebook/threads.ts";

/** Half a second of work. */
const WORK = "for (const end = Date.now() + 500; Date.now() < end;);";

/** Asks again and again, for at most two seconds, until the answer is `wanted`. */
async function becomes(wanted: boolean): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if (otherThreadsWait() === wanted) return true;
    await new Promise((done) => setTimeout(done, 10));
  }
  return false;
}

Deno.test("otherThreadsWait() sees a thread that works, and that it has ended", async () => {
  if (Deno.build.os !== "linux") return assertEquals(otherThreadsWait(), null, "nobody tells");
  assertEquals(await becomes(true), true, "nothing works");
  const busy = new Worker(`data:application/javascript,${WORK}`, { type: "module" });
  try {
    assertEquals(await becomes(false), true, "it works");
    for (let i = 0; i < 20; i++) assertEquals(otherThreadsWait(), false, "it goes on working");
    assertEquals(await becomes(true), true, "it has done its work");
  } finally {
    busy.terminate();
  }
});
