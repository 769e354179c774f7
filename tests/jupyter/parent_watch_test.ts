import { assert, assertEquals } from "@std/assert";
import { isAlive, watchParent } from "../../lib/jupyter/parent_watch.ts";

Deno.test("watchParent() tells that a process has ended, once", async () => {
  const child = new Deno.Command("sleep", { args: ["60"] }).spawn();
  assert(isAlive(child.pid));
  Deno.env.set("JPY_PARENT_PID", String(child.pid));
  try {
    let told = 0;
    const end = watchParent(() => told++);
    child.kill("SIGKILL");
    // before it is waited for it is a name in the table of processes, no more
    for (let i = 0; i < 60 && told === 0; i++) await new Promise((done) => setTimeout(done, 50));
    assertEquals(told, 1);
    assertEquals(isAlive(child.pid), false);
    await child.status;
    end();
  } finally {
    Deno.env.delete("JPY_PARENT_PID");
  }
});

Deno.test("watchParent() watches nothing without a number of a process", () => {
  for (const text of ["", "0", "1", "x"]) {
    Deno.env.set("JPY_PARENT_PID", text);
    watchParent(() => {
      throw new Error("nobody was to be watched");
    })();
  }
  Deno.env.delete("JPY_PARENT_PID");
});
