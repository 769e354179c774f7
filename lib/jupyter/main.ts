/**
 * The kernel as Jupyter starts it: `deno run -A main.ts CONNECTION_FILE`.
 *
 * @module
 */
import { dirname } from "node:path";
import { readConnectionFile } from "./connection_file.ts";
import { Front } from "./front.ts";
import { importSettings } from "./language_files.ts";
import { watchParent } from "./parent_watch.ts";
import { Wire } from "./wire.ts";
import project from "../../deno.json" with { type: "json" };

/** File in which all kernels of a user keep what was run. */
function historyFile(): string {
  const { XDG_STATE_HOME: state, HOME: home } = Deno.env.toObject();
  if (!state && !home) return ":memory:";
  const path = `${state || `${home}/.local/state`}/resolvent/history.sqlite`;
  try {
    Deno.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return path;
  } catch {
    return ":memory:"; // a home that may not be written to is no reason not to run
  }
}

/** Runs the kernel until its end. */
async function main([file]: readonly string[]): Promise<void> {
  if (file === undefined) {
    throw new TypeError("Cannot start the kernel as it must be given a connection file: none is");
  }
  const wire = await Wire.open(await readConnectionFile(file));
  const front = new Front({
    wire,
    imports: importSettings(Deno.cwd()),
    history: historyFile(),
    version: project.version,
  });
  Deno.addSignalListener("SIGINT", () => {}); // interrupts come as messages
  Deno.addSignalListener("SIGTERM", () => void front.close());
  watchParent(() => void front.close());
  await front.ended;
  await front.close();
  Deno.exit(0);
}

await main(Deno.args);
