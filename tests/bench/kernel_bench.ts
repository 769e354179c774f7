/**
 * The reactive kernel beside ipykernel and Deno's own, by the same client: its start, a cell, a
 * hundred cells, and a moved slider.
 *
 * ```sh
 * deno task bench
 * ```
 *
 * @module
 */
import { KernelClient } from "../jupyter/kernel_client.ts";
import { writeKernelspec } from "../jupyter/lab.ts";
import { move, opened, shownIn } from "../jupyter/widgets.ts";
import { beside, type Contender, milliseconds } from "./beside.ts";
import { openPeers, type PythonPeer } from "./python_peer.ts";

/** Kernels by the names of their specs. */
const KERNELS = { resolvent: "ours", python3: "ipykernel", deno: "Deno's own" } as const;

/** How many cells are run at once. */
const CELLS = 100;

/** A kernel as a contender: `expression` is evaluated by the client. */
function contender(
  client: PythonPeer,
  name: keyof typeof KERNELS,
  { expression, times = 1, after }: {
    readonly expression: string;
    readonly times?: number;
    readonly after?: string;
  },
): Contender {
  return {
    name: KERNELS[name],
    run: async () => {
      const time = await client.run(expression, times);
      if (after !== undefined) await client.run(after);
      return time;
    },
    numbers: async () => {
      const numbers = await client.take(expression);
      if (after !== undefined) await client.run(after);
      return numbers;
    },
  };
}

const folder = await Deno.makeTempDir();
await writeKernelspec(`${folder}/share`);
Deno.env.set("JUPYTER_PATH", `${folder}/share`);
const [client] = await openPeers("jupyter");
if (client !== undefined) {
  const works = {
    "start, until it answers": {
      expression: (name: string) => `start("${name}")`,
      after: "stop()",
    },
    "start, and a first cell": {
      expression: (name: string) => `first("${name}")`,
      after: "stop()",
    },
    "a cell, `1 + 1`": { expression: (name: string) => `cell("${name}")`, times: 50 },
    [`${CELLS} cells at once, each of which reads the one before`]: {
      expression: (name: string) => `chain("${name}", ${CELLS})`,
    },
  };
  for (const [work, { expression, ...beyond }] of Object.entries(works)) {
    const [ours, ...peers] = (Object.keys(KERNELS) as (keyof typeof KERNELS)[])
      .map((name) => contender(client, name, { expression: expression(name), ...beyond }));
    await beside(work, { ours: [ours], peers, tolerance: 0 });
  }
  await client.run("close()");
  await client.close();
}
await Deno.remove(folder, { recursive: true });

// without a client of Python, which takes as long as the kernel does
await using kernel = await KernelClient.start();
await kernel.run('import { input } from "resolvent/notebook"', "import");
const { messages } = await kernel.run("const k = input.range({ min: 0, max: 1e6, step: 1 })", "k");
await kernel.run("k + 1", "reader");
const [comm] = opened(messages);
let value = 1;
await beside("ours, by a client of TypeScript", {
  ours: [
    {
      name: "a cell, `1 + 1`",
      run: () => milliseconds(() => kernel.run("1 + 1", "cell"), 50),
      numbers: () => [1],
    },
    {
      name: "a moved slider, until what reads it is shown",
      run: () => milliseconds(() => move(kernel, comm, { value: ++value }), 50),
      numbers: async () => {
        const shown = shownIn(await move(kernel, comm, { value: ++value }));
        return [Number(shown.includes(`execute_result: ${value + 1}`))];
      },
    },
  ],
  peers: [],
  tolerance: 0,
});
