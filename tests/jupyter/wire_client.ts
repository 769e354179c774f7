/**
 * Peers for the tests of the wire: sockets of ZeroMQ that connect, and raw bytes.
 *
 * @module
 */
import type { Address } from "../../lib/jupyter/connection_file.ts";
import { Connection } from "../../lib/jupyter/zmtp_connection.ts";
import { bytesOf, byteText } from "../../lib/jupyter/zmtp_frames.ts";
import {
  type Mechanism,
  nullMechanism,
  type SocketType,
} from "../../lib/jupyter/zmtp_handshake.ts";
import { pathOf } from "../../lib/jupyter/zmtp_listen.ts";

/** A socket that connects. */
export type Client = {
  readonly connection: Connection;
  /** Sends parts, given as texts or bytes. */
  readonly send: (...parts: readonly (string | Uint8Array)[]) => Promise<boolean>;
  /** The next message, or null where the server has closed. */
  readonly next: () => Promise<readonly Uint8Array[] | null>;
  /** The next message as texts. */
  readonly texts: () => Promise<readonly string[] | null>;
  readonly close: () => void;
};

/** A loopback address with a port that is free. */
export const ANY: Address = { transport: "tcp", ip: "127.0.0.1", port: 0 };

/** A port that nobody listens on now. */
export function freePort(hostname = "127.0.0.1"): number {
  const listener = Deno.listen({ hostname, port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

/** Opens a stream to an address. */
export async function connect(address: Address): Promise<Deno.Conn> {
  return address.transport === "ipc"
    ? await Deno.connect({ transport: "unix", path: pathOf(address) })
    : await Deno.connect({ hostname: address.ip, port: address.port });
}

/** Connects a socket. */
export async function clientOf(
  socketType: SocketType,
  address: Address,
  { mechanism = nullMechanism(false), identity, timeLimit = 2000 }: {
    readonly mechanism?: Mechanism;
    readonly identity?: Uint8Array;
    readonly timeLimit?: number;
  } = {},
): Promise<Client> {
  const stream = await connect(address);
  const options = { isServer: false, socketType, mechanism, identity, timeLimit };
  const connection = await Connection.meet(stream, options);
  const received = connection.received();
  async function next(): Promise<readonly Uint8Array[] | null> {
    const { value, done } = await received.next();
    return done || !("parts" in value) ? null : value.parts;
  }
  return {
    connection,
    send: (...parts) =>
      connection.send(parts.map((part) => typeof part === "string" ? bytesOf(part) : part)),
    next,
    texts: async () => (await next())?.map(byteText) ?? null,
    close: () => connection.close(),
  };
}

/** Sends raw bytes, and waits until the server closes; false where it still listens after a while. */
export async function isClosedAfter(
  address: Address,
  bytes: Uint8Array,
  { patience = 1000, ends = false } = {},
): Promise<boolean> {
  const stream = await connect(address);
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function untilEnd(): Promise<boolean> {
    const block = new Uint8Array(4096);
    try {
      await stream.write(bytes);
      if (ends) await stream.closeWrite();
      while (await stream.read(block) !== null);
    } catch {
      // A reset is an end too.
    }
    return true;
  }
  try {
    return await Promise.race([
      untilEnd(),
      new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), patience)),
    ]);
  } finally {
    clearTimeout(timer);
    try {
      stream.close();
    } catch {
      // closed by the failure above
    }
  }
}

/** Tries until it works, for five seconds. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 250;; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
