/**
 * Where sockets listen: loopback addresses, or files that only their owner can use.
 *
 * @module
 */
import { dirname } from "node:path";
import { cannot, checkInteger } from "../check.ts";
import { type Address, checkLoopback } from "./connection_file.ts";

/** The part of a connection of Deno that is used here. */
export type Stream = Pick<Deno.Conn, "read" | "write" | "close">;

/** Something that listens. */
export type Listening = {
  /** Where: the port is the real one. */
  readonly address: Address;
  /** The next connection, or null once it is closed. */
  readonly accept: () => Promise<Stream | null>;
  /** Ends it, and removes its file. */
  readonly close: () => void;
};

/** What a name of a socket's file may have on Linux, in bytes. */
const PATH_LIMIT = 107;
/** Bits that a socket's file may not have: only its owner reads and writes. */
const FILE_MASK = 0o177;
/** How long to wait where the system has no room for a connection now, in milliseconds. */
const PAUSE = 50;

/** The path of an ipc address. */
export function pathOf({ ip, port }: Address): string {
  return `${ip}-${port}`;
}

/** What lies at a path, or null. */
function found(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Removes the file of a socket that nobody listens on any more. */
async function removeStale(path: string): Promise<void> {
  const info = found(path);
  if (info === null) return;
  if (!info.isSocket) {
    throw new TypeError(cannot("listen", "only a socket's file is replaced", "the path", path));
  }
  let isAlive = true;
  try {
    (await Deno.connect({ transport: "unix", path })).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    isAlive = false;
  }
  if (isAlive) {
    throw new Deno.errors.AddrInUse(cannot("listen", "nobody else may", "the path", path));
  }
  Deno.removeSync(path);
}

/** Accepts until the listener is closed. */
async function acceptFrom(listener: Deno.Listener): Promise<Stream | null> {
  for (;;) {
    try {
      return await listener.accept();
    } catch (error) {
      if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) {
        return null;
      }
      // A connection that went away at once, or no free descriptor: others may still come.
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/** Listens on a file; a missing folder is made private. */
async function listenOnFile(address: Address): Promise<Listening> {
  const path = pathOf(address);
  const size = new TextEncoder().encode(path).length;
  if (size > PATH_LIMIT) {
    throw new RangeError(cannot("listen", `${PATH_LIMIT} bytes fit a path`, "its size", size));
  }
  Deno.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await removeStale(path);
  // The mask, as a mode set afterwards would leave a moment in which others could connect.
  const before = Deno.umask(FILE_MASK);
  let listener: Deno.UnixListener;
  try {
    listener = Deno.listen({ transport: "unix", path });
  } finally {
    Deno.umask(before);
  }
  const own = found(path)?.ino;
  return {
    address,
    accept: () => acceptFrom(listener),
    close(): void {
      listener.close();
      // Another kernel may have put its own file there.
      if (found(path)?.ino === own) Deno.removeSync(path);
    },
  };
}

/** Listens at an address: `tcp` on this machine only, or `ipc`. */
export async function listen(address: Address): Promise<Listening> {
  checkInteger("listen", "port", address.port, { min: 0, max: 65535 });
  checkLoopback(address);
  if (address.transport === "ipc") return await listenOnFile(address);
  const hostname = address.ip === "localhost" ? "127.0.0.1" : address.ip;
  const listener = Deno.listen({ hostname, port: address.port });
  const { port } = listener.addr as Deno.NetAddr;
  return {
    address: { transport: "tcp", ip: hostname, port },
    async accept(): Promise<Stream | null> {
      const stream = await acceptFrom(listener) as Deno.TcpConn | null;
      stream?.setNoDelay(true); // answers are small and awaited
      return stream;
    },
    close: () => listener.close(),
  };
}
