/**
 * The ends of a kernel: whatever ends it and whatever it is doing, no process of it is left.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { KernelClient, lineOf } from "./kernel_client.ts";
import { leftAmong, runningIn, runningWith, startedBy } from "./processes.ts";

/** Kernels that run at the same time. */
const LANES = 4;

/** What the kernel does when its end comes: the code of a cell, and its tags. */
const STATES = {
  "idle": { code: "1" },
  "a loop": { code: "for (;;) {}" },
  "a loop that cannot be stopped": { code: "for (;;) {}", tags: ["tight"] },
  "an await": { code: "await new Promise(() => {})" },
  "a flood": { code: "for (;;) console.log('x')" },
  "a timer": { code: "setInterval(() => console.log('tick'), 5)" },
  "a prompt": { code: "prompt('Who?')" },
  "a worker": {
    code: "const source = URL.createObjectURL(new Blob(['for (;;);']));\n" +
      "const worker = new Worker(source, { type: 'module' }); await new Promise(() => {})",
  },
  "threads": {
    code: 'import { onWorkers } from "resolvent";\nawait onWorkers(() => { for (;;); })()',
  },
  "a child process": {
    code: "const child = new Deno.Command('sleep', { args: ['1000'] }).spawn(); await child.status",
  },
  "an idle child process": {
    code: "const child = new Deno.Command('sleep', { args: ['1000'] }).spawn(); 1",
  },
  "a child of a child": {
    code:
      "const child = new Deno.Command('sh', { args: ['-c', 'sleep 1000 & wait'] }).spawn(); await child.status",
  },
  "a child of node": {
    code:
      "import { spawn } from 'node:child_process';\nspawn('sleep', ['1000']); await new Promise(() => {})",
  },
  "a child beside a tight loop": {
    code: "new Deno.Command('sleep', { args: ['1000'] }).spawn(); for (;;) {}",
    tags: ["tight"],
  },
  "a server": {
    code:
      "Deno.serve({ port: 0, onListen() {} }, () => new Response('')); await new Promise(() => {})",
  },
} as const;

/** A way to end a kernel. */
type Way = (kernel: KernelClient, parent: Deno.ChildProcess) => Promise<unknown>;

/** A way by a signal to the front. */
function signal(name: Deno.Signal): Way {
  // deno-lint-ignore require-await -- all ways have one form
  return async (kernel) => kernel.process.kill(name);
}

/** A way by a request. */
function request(restart: boolean): Way {
  return async (kernel) => {
    const reply = await kernel.ask("shutdown_request", { restart }, { channel: "control" });
    assertEquals(reply, { status: "ok", restart });
  };
}

/** Processes that run cells or wait to: the one in use, then the spare. */
async function backsOf(kernel: KernelClient): Promise<readonly number[]> {
  for (let left = 200;; left--) {
    const all = runningWith("jupyter/back.ts");
    const backs = startedBy(kernel.process.pid).filter((pid) => all.includes(pid));
    if (backs.length >= 2) return backs;
    assert(left > 0, `a back and a spare: ${backs}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A way in which one or both of the processes that run cells are killed before. */
function afterKilling(which: readonly number[], way: Way): Way {
  return async (kernel, parent) => {
    const backs = await backsOf(kernel);
    for (const at of which) Deno.kill(backs[at], "SIGKILL");
    return await way(kernel, parent);
  };
}

/** A way after a cell has tried to end its process. */
function afterCell(code: string, way: Way): Way {
  return async (kernel, parent) => {
    await kernel.run(code, "end");
    return await way(kernel, parent);
  };
}

/** Ways to end a kernel, and what it is doing then. */
const ENDS: readonly (readonly [string, Way, readonly (keyof typeof STATES)[]])[] = [
  ["a request", request(false), ["idle", "a loop", "an await", "a prompt", "a worker"]],
  ["a request beside programs", request(false), ["a child process", "a child of a child"]],
  ["a request to restart", request(true), ["idle", "a flood", "threads"]],
  ["SIGTERM", signal("SIGTERM"), ["idle", "a loop that cannot be stopped", "a flood", "a worker"]],
  ["SIGKILL beside programs", signal("SIGKILL"), ["an idle child process", "a child of node"]],
  ["SIGTERM beside programs", signal("SIGTERM"), [
    "a child of a child",
    "a child beside a tight loop",
  ]],
  ["SIGKILL", signal("SIGKILL"), ["idle", "a loop", "a flood", "a prompt", "a worker", "threads"]],
  ["SIGHUP", signal("SIGHUP"), ["an await", "a loop that cannot be stopped", "a server"]],
  ["SIGQUIT", signal("SIGQUIT"), ["a timer"]],
  [
    "SIGINT, which ends nothing, then SIGTERM",
    async (kernel) => {
      kernel.process.kill("SIGINT");
      const { status } = await kernel.ask("kernel_info_request", {}, { channel: "control" });
      assertEquals(status, "ok");
      kernel.process.kill("SIGTERM");
    },
    ["a loop"],
  ],
  [
    "SIGTERM twice",
    // deno-lint-ignore require-await -- all ways have one form
    async (kernel) => {
      kernel.process.kill("SIGTERM");
      kernel.process.kill("SIGTERM");
    },
    ["a flood"],
  ],
  [
    "the end of the program that started it",
    // deno-lint-ignore require-await -- all ways have one form
    async (_, parent) => parent.kill("SIGKILL"),
    ["idle", "a loop", "a flood", "a prompt"],
  ],
  ["the back killed, then a request", afterKilling([0], request(false)), [
    "idle",
    "a child process",
  ]],
  ["the back killed, then SIGKILL", afterKilling([0], signal("SIGKILL")), ["a loop"]],
  ["the spare killed, then SIGTERM", afterKilling([1], signal("SIGTERM")), ["an await"]],
  ["both killed, then a request", afterKilling([0, 1], request(false)), ["a flood"]],
  ["both killed, then SIGKILL", afterKilling([0, 1], signal("SIGKILL")), ["idle"]],
  [
    "an interrupt that waits, then SIGTERM",
    async (kernel) => {
      await kernel.ask("interrupt_request", {}, { channel: "control" });
      kernel.process.kill("SIGTERM");
    },
    ["a loop that cannot be stopped"],
  ],
  [
    "Deno.exit() in a cell, then a request",
    afterCell("Deno.exit(1)", request(false)),
    ["idle"],
  ],
  [
    "process.exit() in a cell, then SIGTERM",
    afterCell('import process from "node:process";\nprocess.exit(1)', signal("SIGTERM")),
    ["idle"],
  ],
  [
    "a cell that fills the memory, then SIGKILL",
    afterCell("const all = []; for (;;) all.push(new Array(1e5).fill(0.5))", signal("SIGKILL")),
    ["idle"],
  ],
];

/** Every way with each of its states. */
const KINDS = ENDS.flatMap(([name, way, states]) =>
  states.map((state) => ({ name: `${name}, during ${state}`, way, state: STATES[state] }))
);

/** Ends a kernel, and returns what is left of it. */
async function leftAfter({ way, state }: typeof KINDS[number]): Promise<readonly string[]> {
  const parent = new Deno.Command("sleep", { args: ["600"] }).spawn();
  await using kernel = await KernelClient.start({
    env: { JPY_PARENT_PID: String(parent.pid), DENO_V8_FLAGS: "--max-old-space-size=256" },
  });
  // what the kernel starts has its environment, whoever its parent is by now
  const find = () => runningIn("XDG_STATE_HOME", `${kernel.folder}/state`);
  try {
    const { code, tags = [] } = { tags: [], ...state };
    const begun = `console.log("begun");\n${code}`;
    const id = await kernel.begin(begun, "state", { allow_stdin: true }, { tags });
    while (!lineOf(await kernel.broadcast()).includes("begun"));
    await backsOf(kernel);
    if (state === STATES.idle) {
      await kernel.next("shell");
      await kernel.untilIdle(id);
    }
    assert(find().length >= 3, "a front, a back and a spare");
    await way(kernel, parent);
    return await leftAmong(find);
  } finally {
    for (const pid of find()) Deno.kill(pid, "SIGKILL");
    try {
      parent.kill("SIGKILL");
    } catch {
      // it was the end
    }
    await parent.status;
  }
}

Deno.test("nothing is left of the kernel after any kind of end", async () => {
  assert(KINDS.length >= 20);
  const waiting = [...KINDS], left: string[] = [];
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
      // what goes wrong with one is told with what is left of others
      const found = await leftAfter(kind).catch((error) => [String(error)]);
      for (const what of found) left.push(`${kind.name}: ${what}`);
    }
  }));
  assertEquals(left, []);
});
