/**
 * The kernel over the wire: clients that name no cells, and requests that run none.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { KernelClient } from "./kernel_client.ts";

/** Runs a test on a kernel of its own. */
async function onKernel(work: (kernel: KernelClient) => Promise<void>): Promise<void> {
  await using kernel = await KernelClient.start();
  await work(kernel);
}

Deno.test("a client that names no cells: later definitions count, outputs stay with the request", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const a = 1, b = 2");
    assertEquals((await kernel.run("const a = 10")).own, []);
    assertEquals((await kernel.run("[a, b].join()")).own, ['execute_result: "10,2"']);
    assertEquals((await kernel.run("function f() { return a; }")).others, []);
    assertEquals((await kernel.run("const a = 20")).others, []);
    assertEquals((await kernel.run("f()")).own, ["execute_result: 20"]);
    const silent = await kernel.run("console.log('x'); a", undefined, { silent: true });
    assertEquals([silent.own, silent.messages.length], [[], 0]);
    const asked = await kernel.run("1", undefined, {
      user_expressions: { twice: "a * 2", bad: "nope" },
    });
    const { twice, bad } = asked.reply.user_expressions as Record<string, Record<string, unknown>>;
    assertEquals(twice, { status: "ok", data: { "text/plain": "40" }, metadata: {} });
    assertEquals([bad.status, bad.ename], ["error", "ReferenceError"]);
  });
});

Deno.test("a client that names no cells: later definitions still count in a new process", async () => {
  await onKernel(async (kernel) => {
    await kernel.run("const a = 1, b = 2");
    await kernel.run("const c = a + b");
    await kernel.run("const a = 10, f = () => a");
    const { reply } = await kernel.run(
      "Deno.kill(Deno.pid, 'SIGKILL'); await new Promise(() => {})",
    );
    assertEquals(reply.ename, "ProcessEnded");
    assertEquals((await kernel.run("const b = 3")).own, []);
    assertEquals((await kernel.run("[a, b, c, f()].join()")).own, ['execute_result: "10,3,13,10"']);
  });
});

Deno.test("the front answers what runs no cell", async () => {
  await onKernel(async (kernel) => {
    for (const channel of ["shell", "control"] as const) {
      const info = await kernel.ask("kernel_info_request", {}, { channel });
      assertEquals([info.status, info.protocol_version, info.implementation], [
        "ok",
        "5.4",
        "resolvent",
      ]);
    }
    await kernel.run("const matrix = { rows: 2 }", "a");
    const code = "'\u{1F600}' + matrix.ro";
    const completion = await kernel.ask("complete_request", { code, cursor_pos: [...code].length });
    assertEquals([completion.matches, completion.cursor_start, completion.cursor_end], [
      ["rows"],
      13,
      15,
    ]);
    const inspected = await kernel.ask("inspect_request", {
      code: "matrix",
      cursor_pos: 6,
      detail_level: 0,
    });
    assertStringIncludes((inspected.data as Record<string, string>)["text/plain"], "rows: number");
    assertEquals(await kernel.ask("is_complete_request", { code: "if (1) {" }), {
      status: "incomplete",
      indent: "  ",
    });
    const { history } = await kernel.ask("history_request", {
      hist_access_type: "tail",
      n: 1,
      output: false,
      raw: true,
    });
    assertEquals(history, [[1, 1, "const matrix = { rows: 2 }"]]);
    const page = await kernel.run("matrix?", "b");
    assertMatch(JSON.stringify(page.reply.payload), /"source":"page".*rows: number/);
    const refused = await kernel.ask("debug_request", { seq: 7, command: "attach" }, {
      channel: "control",
    });
    assertEquals([refused.success, refused.request_seq], [false, 7]);
  });
});
