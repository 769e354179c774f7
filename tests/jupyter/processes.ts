/**
 * Processes of this machine, as Linux tells of them.
 *
 * @module
 */

/** A process: its number, its parent's, its state and its command line. */
type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly isThere: boolean;
  readonly command: string;
};

/** What can be read of a process, or null where it has gone. */
function processOf(pid: number): Process | null {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const command = Deno.readTextFileSync(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    return { pid, parent, isThere: !/^State:\s+Z/m.test(status), command };
  } catch {
    return null;
  }
}

/** All processes. */
function all(): readonly Process[] {
  const numbers = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name));
  return numbers.filter(Number.isInteger).flatMap((pid) => processOf(pid) ?? []);
}

/** Numbers of the processes that one has started, and of those that these have. */
export function startedBy(pid: number): readonly number[] {
  const processes = all();
  const below = (of: number): number[] =>
    processes.filter(({ parent }) => parent === of).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(pid);
}

/** Numbers of the processes whose command line holds a text. */
export function runningWith(text: string): readonly number[] {
  return all().filter(({ command }) => command.includes(text)).map(({ pid }) => pid);
}

/** Numbers of the processes that run with a setting of the environment, whoever started them. */
export function runningIn(name: string, value: string): readonly number[] {
  const setting = `${name}=${value}\0`;
  return all().filter(({ pid, isThere }) => {
    try {
      return isThere && `${Deno.readTextFileSync(`/proc/${pid}/environ`)}\0`.includes(setting);
    } catch {
      return false; // it has gone, or is somebody else's
    }
  }).map(({ pid }) => pid);
}

/** Waits until no process is found, for ten seconds; returns the command lines of those that are. */
export async function leftAmong(find: () => readonly number[]): Promise<readonly string[]> {
  const left = () => find().filter((pid) => processOf(pid)?.isThere);
  for (let i = 0; i < 200 && left().length > 0; i++) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return left().map((pid) => processOf(pid)?.command.slice(0, 100) ?? "gone just now");
}
