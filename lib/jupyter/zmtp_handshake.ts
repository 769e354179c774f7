/**
 * How two peers of ZMTP 3.0 meet: greeting, mechanism, kinds of sockets. Here is the mechanism NULL,
 * that neither proves nor hides anything.
 *
 * Source: https://rfc.zeromq.org/spec/23/, "Greeting" and "The NULL Security Mechanism".
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";
import { joined } from "./byte_reader.ts";
import {
  bytesOf,
  byteText,
  type Command,
  decodeCommand,
  encodeCommand,
  encodeFrame,
  type Frame,
  type FrameReader,
  HANDSHAKE_LIMIT,
} from "./zmtp_frames.ts";

/** Kinds of sockets, each with those that it talks to. */
const PARTNERS = {
  ROUTER: ["DEALER", "REQ", "ROUTER"],
  DEALER: ["ROUTER", "REP", "DEALER"],
  REP: ["REQ", "DEALER"],
  REQ: ["REP", "ROUTER"],
  PUB: ["SUB", "XSUB"],
  SUB: ["PUB", "XPUB"],
} as const;

/** A kind of socket that is known here. */
export type SocketType = keyof typeof PARTNERS;

/** The two ends of a stream of bytes. */
export type Wire = {
  /** What the peer sends. */
  readonly reader: FrameReader;
  /** Sends bytes to the peer, in order. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Ends the stream: what waits for it fails. */
  readonly close: () => void;
};

/** What a peer says about itself; names are in lower case. */
export type Properties = ReadonlyMap<string, Uint8Array>;

/** How frames go over a wire once the handshake is over. */
export type Cipher = {
  /** The frame that goes over the wire for one of ours. */
  readonly seal: (frame: Frame) => Frame;
  /** The peer's frame that came over the wire as this one. */
  readonly open: (frame: Frame) => Frame;
};

/** A mechanism of security, on one side of a connection. */
export type Mechanism = {
  /** Its name in the greeting. */
  readonly name: string;
  /** What it does after the greeting; `welcome` refuses a peer by throwing. */
  readonly meet: (
    wire: Wire,
    own: Properties,
    welcome: (peer: Properties) => void,
  ) => Promise<Cipher>;
};

/** Settings of a handshake. */
export type HandshakeOptions = {
  /** The side that listens. */
  readonly isServer: boolean;
  /** The kind of our socket. */
  readonly socketType: SocketType;
  /** The identity that we ask a ROUTER to use (default: none). */
  readonly identity?: Uint8Array;
  /** The mechanism that both must use. */
  readonly mechanism: Mechanism;
  /** Milliseconds after which a peer that has not finished is left (default 10,000). */
  readonly timeLimit?: number;
};

/** A peer after the handshake. */
export type Met = Cipher & {
  /** Kind of the peer's socket. */
  readonly socketType: string;
  /** The identity that the peer asks for, or no bytes. */
  readonly identity: Uint8Array;
};

const GREETING = 64, SIGNATURE = 10, NAME_AT = 12, NAME_SIZE = 20, ROLE_AT = 32;
/** RFC 23: "identity = 0*255OCTET". */
const IDENTITY_LIMIT = 255;

/** Our greeting: signature, version 3.0, mechanism, role. */
export function greeting(mechanism: string, isServer: boolean): Uint8Array {
  const bytes = new Uint8Array(GREETING);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(bytesOf(mechanism), NAME_AT);
  bytes[ROLE_AT] = isServer && mechanism !== "NULL" ? 1 : 0; // NULL knows no roles
  return bytes;
}

/** Properties as bytes. */
export function encodeProperties(properties: Properties): Uint8Array {
  return joined([...properties].flatMap(([name, value]) => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, value.length);
    return [Uint8Array.of(name.length), bytesOf(name), size, value];
  }));
}

/** Properties of bytes; names do not depend on case. */
export function decodeProperties(bytes: Uint8Array): Properties {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const properties = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length;) {
    const valueAt = at + 1 + bytes[at] + 4;
    const end = valueAt <= bytes.length ? valueAt + view.getUint32(valueAt - 4) : Infinity;
    if (bytes[at] === 0 || end > bytes.length) {
      throw new ProtocolBreach("read properties", "each must be whole", "place of one", at);
    }
    const name = byteText(bytes.subarray(at + 1, valueAt - 4)).toLowerCase();
    properties.set(name, bytes.subarray(valueAt, end));
    at = end;
  }
  return properties;
}

/** The next frame as a command, which must have the name asked for. */
export async function expectCommand({ reader }: Wire, name: string): Promise<Uint8Array> {
  const frame = await reader.next();
  if (frame === null) {
    throw new ProtocolBreach("meet a peer", "it must not leave before the end", "missing", name);
  }
  const command: Command = frame.command
    ? decodeCommand(frame.body)
    : { name: "a part of a message", data: frame.body };
  if (command.name === name) return command.data;
  const came = command.name === "ERROR"
    ? `ERROR ${byteText(command.data.subarray(1))}`
    : command.name;
  throw new ProtocolBreach("meet a peer", `${name} must come next`, "the command", came);
}

/** Tells a peer why it is left: best effort, as it may be gone. */
export async function sayError(wire: Wire, reason: string): Promise<void> {
  const text = bytesOf(reason.replace(/[^\x21-\x7e]/g, "-").slice(0, 255));
  const data = joined([Uint8Array.of(text.length), text]);
  await wire.write(encodeCommand("ERROR", data)).catch(() => {});
}

/** Frames as they are. */
const PLAIN: Cipher = { seal: asItIs, open: asItIs };

/** The frame itself. */
function asItIs(frame: Frame): Frame {
  return frame;
}

/** The mechanism NULL. The side that listens speaks last, so that it can refuse. */
export function nullMechanism(isServer: boolean): Mechanism {
  return {
    name: "NULL",
    async meet(wire, own, welcome): Promise<Cipher> {
      const ready = encodeCommand("READY", encodeProperties(own));
      if (!isServer) await wire.write(ready);
      const peer = decodeProperties(await expectCommand(wire, "READY"));
      try {
        welcome(peer);
      } catch (error) {
        await sayError(wire, "Invalid socket type");
        throw error;
      }
      if (isServer) await wire.write(ready);
      return PLAIN;
    },
  };
}

/** Reads the peer's greeting, and refuses it as soon as it is wrong. */
async function readGreeting({ reader }: Wire, mechanism: string, isServer: boolean): Promise<void> {
  async function part(size: number): Promise<Uint8Array> {
    const bytes = await reader.bytes(size);
    if (bytes !== null) return bytes;
    throw new ProtocolBreach("meet a peer", "it must greet", "bytes missing", size);
  }
  const first = (await part(1))[0];
  // Bytes 1 to 8 are free: older peers read a length there.
  const last = first === 0xff ? (await part(SIGNATURE - 1)).at(-1)! : 0;
  if ((last & 1) === 0) {
    throw new ProtocolBreach("meet a peer", "it must speak ZMTP", "its first byte", first);
  }
  const [major] = await part(2);
  if (major < 3) {
    throw new ProtocolBreach("meet a peer", "ZMTP 3 is the lowest version", "major", major);
  }
  const rest = await part(GREETING - NAME_AT);
  const name = byteText(rest.subarray(0, NAME_SIZE)).replace(/\0+$/, "");
  if (name !== mechanism) {
    throw new ProtocolBreach("meet a peer", `${mechanism} is the mechanism`, "the peer's", name);
  }
  if (name !== "NULL" && rest[ROLE_AT - NAME_AT] !== (isServer ? 0 : 1)) {
    throw new ProtocolBreach("meet a peer", "one of two must be the server", "server", isServer);
  }
}

/** Throws where a peer's socket is of a kind that ours does not talk to, or its identity is bad. */
function checkPeer(socketType: SocketType, peer: Properties): void {
  const theirs = byteText(peer.get("socket-type") ?? new Uint8Array(0));
  const partners: readonly string[] = PARTNERS[socketType];
  if (!partners.includes(theirs)) {
    throw new ProtocolBreach(
      `connect to ${socketType}`,
      `only ${partners.join(", ")} can`,
      "the peer",
      theirs,
    );
  }
  const length = peer.get("identity")?.length ?? 0;
  if (length > IDENTITY_LIMIT) {
    throw new ProtocolBreach("meet a peer", "255 bytes are an identity", "its length", length);
  }
}

/** Meets a peer on a wire that has just been opened; on failure the wire is closed. */
export async function shakeHands(wire: Wire, options: HandshakeOptions): Promise<Met> {
  const { isServer, socketType, identity, mechanism, timeLimit = 10_000 } = options;
  const dataLimit = wire.reader.limit;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    wire.close();
  }, timeLimit);
  try {
    wire.reader.limit = HANDSHAKE_LIMIT;
    await wire.write(greeting(mechanism.name, isServer));
    await readGreeting(wire, mechanism.name, isServer);
    const own = new Map([["Socket-Type", bytesOf(socketType)]]);
    if (["DEALER", "REQ", "ROUTER"].includes(socketType)) {
      own.set("Identity", Uint8Array.from(identity ?? []));
    }
    let peer: Properties = new Map();
    const cipher = await mechanism.meet(wire, own, (properties) => {
      checkPeer(socketType, properties);
      peer = properties;
    });
    wire.reader.limit = dataLimit;
    return {
      ...cipher,
      socketType: byteText(peer.get("socket-type")!),
      identity: peer.get("identity") ?? new Uint8Array(0),
    };
  } catch (error) {
    wire.close();
    if (!isLate) throw error;
    throw new ProtocolBreach("meet a peer", "the time is limited", "milliseconds", timeLimit);
  } finally {
    clearTimeout(timer);
  }
}

/** A frame as it goes over the wire. */
export function sealed(cipher: Cipher, frame: Frame): readonly Uint8Array[] {
  return encodeFrame(cipher.seal(frame));
}
