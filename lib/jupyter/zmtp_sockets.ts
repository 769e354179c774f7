/**
 * Sockets of ZeroMQ that listen: ROUTER, PUB, and a REP that echoes.
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";
import type { Address } from "./connection_file.ts";
import { Inbox } from "./inbox.ts";
import { Subscriptions } from "./subscriptions.ts";
import { Connection, costOf, isPeersFault } from "./zmtp_connection.ts";
import { byteText, type Received } from "./zmtp_frames.ts";
import { type Mechanism, nullMechanism, type SocketType } from "./zmtp_handshake.ts";
import { listen } from "./zmtp_listen.ts";

/** Settings of a socket. */
export type SocketOptions = {
  /** The mechanism that peers must use (default NULL). */
  readonly mechanism?: Mechanism;
  /** The largest message that a peer may send, in bytes (default 2^30). */
  readonly messageLimit?: number;
  /** The bytes that may wait for one peer (default 2^28). */
  readonly queueLimit?: number;
  /** Milliseconds after which a peer that has not finished the handshake is left (default 10,000). */
  readonly timeLimit?: number;
  /** Is told why a peer was disconnected (default: the console is told of faults of our own). */
  readonly onBreach?: (error: Error) => void;
};

/** A socket that listens. */
export type Socket = {
  /** Where it listens; the port is the real one. */
  readonly address: Address;
  /** Ends it: peers get what is queued for them, if they take it within `linger` milliseconds. */
  readonly close: (linger?: number) => Promise<void>;
};

/** A message that came in. */
export type Incoming = {
  /** Whom to answer. */
  readonly peer: Uint8Array;
  /** The parts of the message. */
  readonly frames: readonly Uint8Array[];
};

/** A socket that knows its peers by their identities. */
export type RouterSocket = Socket & AsyncIterable<Incoming> & {
  /** Sends to one peer, and waits while too much is queued for it; false where it is not there. */
  readonly send: (identity: Uint8Array, frames: readonly Uint8Array[]) => Promise<boolean>;
};

/** A socket whose peers choose what they get. */
export type PubSocket = Socket & {
  /** Sends to all who subscribe to the beginning of the first part. */
  readonly send: (frames: readonly Uint8Array[]) => void;
  /** Waits until every peer has taken what is queued for it, or is gone. */
  readonly flush: () => Promise<void>;
};

/** Milliseconds for which a closing socket waits for its peers. */
const LINGER = 1000;

/** What a kind of socket does with one peer; when it returns or throws, the peer is disconnected. */
type Serve = (connection: Connection) => Promise<void>;

/** Listens, and serves every peer for itself. */
async function serveAll(
  socketType: SocketType,
  address: Address,
  options: SocketOptions,
  serve: Serve,
): Promise<Socket & { readonly connections: ReadonlySet<Connection> }> {
  const { mechanism = nullMechanism(true), onBreach = reportOwn } = options;
  const listening = await listen(address);
  const connections = new Set<Connection>();
  const meeting = new Set<{ close(): void }>();
  let isClosed = false;

  async function attend(stream: Deno.Conn): Promise<void> {
    meeting.add(stream);
    try {
      const connection = await Connection.meet(stream, {
        ...options,
        isServer: true,
        socketType,
        mechanism,
      });
      connections.add(connection);
      meeting.delete(stream);
      try {
        if (!isClosed) await serve(connection);
      } finally {
        connections.delete(connection);
        connection.close();
      }
    } catch (error) {
      if (!isClosed) onBreach(error as Error);
    } finally {
      meeting.delete(stream);
    }
  }

  async function acceptAll(): Promise<void> {
    for (let next = await listening.accept(); next !== null; next = await listening.accept()) {
      void attend(next as Deno.Conn);
    }
  }

  void acceptAll();
  return {
    address: listening.address,
    connections,
    async close(linger = LINGER): Promise<void> {
      if (isClosed) return;
      isClosed = true;
      listening.close();
      for (const stream of meeting) closeQuietly(stream);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, linger));
      await Promise.race([late, Promise.all([...connections].map((peer) => peer.flush()))]);
      clearTimeout(timer);
      for (const connection of connections) connection.close();
    },
  };
}

/** Reports what is no peer's fault: it must be seen, yet may not end the others. */
function reportOwn(error: Error): void {
  if (!isPeersFault(error)) console.error(error);
}

/** Closes what may be closed already. */
function closeQuietly(stream: { close(): void }): void {
  try {
    stream.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/** The parts of a message; a command is a breach here. */
function partsOf(received: Received): readonly Uint8Array[] {
  if ("parts" in received) return received.parts;
  throw new ProtocolBreach("read a message", "commands end here", "one", received.command.name);
}

/** Opens a ROUTER: messages come with the identity of their peer, and answers go to one. */
export async function routerSocket(
  address: Address,
  options: SocketOptions = {},
): Promise<RouterSocket> {
  const peers = new Map<string, Connection>();
  const inbox = new Inbox<Incoming>(options.queueLimit);
  let count = 0;

  /** The identity that a peer asks for, or one that none can ask for: it begins with 0. */
  function identityOf({ peer: { identity } }: Connection): Uint8Array {
    if (identity.length > 0 && identity[0] !== 0) return identity;
    const bytes = new Uint8Array(5);
    new DataView(bytes.buffer).setUint32(1, ++count);
    return bytes;
  }

  const { close, ...socket } = await serveAll("ROUTER", address, options, async (connection) => {
    const peer = identityOf(connection), name = byteText(peer);
    // A client that connects again takes the place of the connection that it lost.
    peers.get(name)?.close();
    peers.set(name, connection);
    try {
      for await (const received of connection.received()) {
        const frames = partsOf(received);
        await inbox.put({ peer, frames }, costOf(frames));
      }
    } finally {
      if (peers.get(name) === connection) peers.delete(name);
    }
  });
  return {
    address: socket.address,
    async send(identity, frames): Promise<boolean> {
      return await peers.get(byteText(identity))?.send(frames) ?? false;
    },
    async close(linger): Promise<void> {
      inbox.close();
      await close(linger);
    },
    [Symbol.asyncIterator]: () => inbox[Symbol.asyncIterator](),
  };
}

/** Opens a PUB. A peer that does not take what it gets loses messages, and holds up nobody. */
export async function pubSocket(
  address: Address,
  options: SocketOptions & {
    /** Is told what a peer subscribes to, and can send to that peer alone. */
    readonly onSubscribe?: (
      topic: Uint8Array,
      send: (frames: readonly Uint8Array[]) => void,
    ) => void;
  } = {},
): Promise<PubSocket> {
  const peers = new Map<Connection, Subscriptions>();

  function sendTo(connection: Connection, frames: readonly Uint8Array[]): void {
    if (connection.hasRoom(frames)) void connection.send(frames);
  }

  const { connections, ...socket } = await serveAll("PUB", address, options, async (connection) => {
    const subscriptions = new Subscriptions();
    peers.set(connection, subscriptions);
    try {
      for await (const received of connection.received()) {
        const topic = subscriptions.take(received);
        if (topic === null) continue;
        options.onSubscribe?.(topic, (frames) => sendTo(connection, frames));
      }
    } finally {
      peers.delete(connection);
    }
  });
  return {
    ...socket,
    send(frames): void {
      for (const [connection, subscriptions] of peers) {
        if (subscriptions.matches(frames[0])) sendTo(connection, frames);
      }
    },
    async flush(): Promise<void> {
      await Promise.all([...connections].map((connection) => connection.flush()));
    },
  };
}

/** Opens a REP that gives back what it gets: the heartbeat of a kernel. */
export async function repSocket(address: Address, options: SocketOptions = {}): Promise<Socket> {
  const { close, address: own } = await serveAll("REP", address, options, async (connection) => {
    for await (const received of connection.received()) {
      const frames = partsOf(received);
      if (!frames.some(({ length }) => length === 0)) {
        throw new ProtocolBreach("answer", "an empty part ends the envelope", "it", "missing");
      }
      await connection.send(frames);
    }
  });
  return { address: own, close };
}
