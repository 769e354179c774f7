/**
 * The mechanism CURVE: the server proves who it is, and all that follows is encrypted.
 *
 * Source: https://rfc.zeromq.org/spec/26/. Differs from it in the cookie: a connection is kept here
 * anyhow, so it is random bytes that must come back, and holds nothing.
 *
 * @module
 */
import nacl from "tweetnacl";
import { timingSafeEqual } from "node:crypto";
import { ProtocolBreach } from "./breach.ts";
import { joined } from "./byte_reader.ts";
import { bytesOf, commandBody, decodeCommand, encodeCommand, type Frame } from "./zmtp_frames.ts";
import {
  type Cipher,
  decodeProperties,
  encodeProperties,
  expectCommand,
  type Mechanism,
  sayError,
} from "./zmtp_handshake.ts";

/** A public key with its secret one, 32 bytes each. */
export type KeyPair = {
  /** What others may know. */
  readonly publicKey: Uint8Array;
  /** What they may not. */
  readonly secretKey: Uint8Array;
};

const KEY = 32, COOKIE = 96, SHORT_NONCE = 8, LONG_NONCE = 16;
/** Bytes by which a box is longer than what it holds. */
const TAG = 16;
/** Flags inside a sealed message. */
const MORE = 1, COMMAND = 2;

/** A new pair of keys. */
export function newKeyPair(): KeyPair {
  return nacl.box.keyPair();
}

/** The pair that belongs to a secret key. */
export function keyPairOf(secretKey: Uint8Array): KeyPair {
  return nacl.box.keyPair.fromSecretKey(secretKey);
}

/** Fresh random bytes. */
function randomBytes(size: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(size));
}

/** A nonce: its purpose, then what makes it different from all others. */
function nonceOf(purpose: string, rest: Uint8Array): Uint8Array {
  return joined([bytesOf(purpose), rest]);
}

/** Numbers of what one side sends: 1, 2, ... as 8 bytes. */
function counter(): () => Uint8Array {
  let count = 0n;
  return () => {
    const bytes = new Uint8Array(SHORT_NONCE);
    new DataView(bytes.buffer).setBigUint64(0, ++count);
    return bytes;
  };
}

/** Refuses a number of the peer's that is not above all before: a box that was sent again. */
function risingCheck(): (bytes: Uint8Array) => Uint8Array {
  let last = 0n;
  return (bytes) => {
    const number = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
    if (number <= last) {
      throw new ProtocolBreach("open a box", "its number must rise", "the number", number);
    }
    last = number;
    return bytes;
  };
}

/** What a box held, or a breach. */
function opened(text: Uint8Array | null, name: string): Uint8Array {
  if (text !== null) return text;
  throw new ProtocolBreach("open a box", "it must be made with the right keys", "the box", name);
}

/** Throws unless a command's data has a size: exactly, or at least. */
function checkSize(name: string, data: Uint8Array, size: number, isExact = true): void {
  if (isExact ? data.length === size : data.length >= size) return;
  throw new ProtocolBreach("meet a peer", `${name} has ${size} bytes`, "its size", data.length);
}

/** Tells whether two runs of bytes are the same, in a time that does not say where they differ. */
function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Seals and opens frames once both sides have the shared key. */
function cipherOf(
  shared: Uint8Array,
  isServer: boolean,
  next: () => Uint8Array,
  rising: (bytes: Uint8Array) => Uint8Array,
): Cipher {
  const [own, theirs] = isServer
    ? ["CurveZMQMESSAGES", "CurveZMQMESSAGEC"]
    : ["CurveZMQMESSAGEC", "CurveZMQMESSAGES"];
  return {
    seal({ more, command, body }: Frame): Frame {
      const number = next();
      const flags = (more ? MORE : 0) | (command ? COMMAND : 0);
      const box = nacl.box.after(
        joined([Uint8Array.of(flags), body]),
        nonceOf(own, number),
        shared,
      );
      // As libzmq does: the flags of the frame itself stay 0.
      const text = commandBody("MESSAGE", joined([number, box]));
      return { more: false, command: false, body: text };
    },
    open({ more, body }: Frame): Frame {
      const { name, data } = decodeCommand(body);
      if (more || name !== "MESSAGE" || data.length < SHORT_NONCE + TAG + 1) {
        throw new ProtocolBreach("open a box", "MESSAGE must hold it", "size", data.length);
      }
      const nonce = nonceOf(theirs, rising(data.subarray(0, SHORT_NONCE)));
      const text = opened(nacl.box.open.after(data.subarray(SHORT_NONCE), nonce, shared), name);
      if ((text[0] & ~(MORE | COMMAND)) !== 0) {
        throw new ProtocolBreach("open a box", "reserved flags must be 0", "flags", text[0]);
      }
      return {
        more: (text[0] & MORE) !== 0,
        command: (text[0] & COMMAND) !== 0,
        body: text.subarray(1),
      };
    },
  };
}

/** The mechanism on the side that listens, with the keys of the connection file. */
export function curveServer(keys: KeyPair): Mechanism {
  return {
    name: "CURVE",
    async meet(wire, own, welcome): Promise<Cipher> {
      const [next, rising, short] = [counter(), risingCheck(), newKeyPair()];

      const hello = await expectCommand(wire, "HELLO");
      checkSize("HELLO", hello, 194);
      if (hello[0] !== 1) {
        throw new ProtocolBreach("meet a peer", "CURVE 1 is known", "its version", hello[0]);
      }
      const client = hello.slice(74, 74 + KEY);
      const helloNonce = nonceOf("CurveZMQHELLO---", rising(hello.subarray(106, 114)));
      opened(nacl.box.open(hello.subarray(114), helloNonce, client, keys.secretKey), "HELLO");

      const [nonce, cookie] = [randomBytes(LONG_NONCE), randomBytes(COOKIE)];
      const welcomeBox = nacl.box(
        joined([short.publicKey, cookie]),
        nonceOf("WELCOME-", nonce),
        client,
        keys.secretKey,
      );
      await wire.write(encodeCommand("WELCOME", joined([nonce, welcomeBox])));

      const initiate = await expectCommand(wire, "INITIATE");
      checkSize("INITIATE", initiate, 248, false);
      if (!areSame(initiate.subarray(0, COOKIE), cookie)) {
        throw new ProtocolBreach("meet a peer", "the cookie must come back", "the cookie", "other");
      }
      const number = rising(initiate.subarray(COOKIE, COOKIE + SHORT_NONCE));
      const shared = nacl.box.before(client, short.secretKey);
      const text = opened(
        nacl.box.open.after(
          initiate.subarray(COOKIE + SHORT_NONCE),
          nonceOf("CurveZMQINITIATE", number),
          shared,
        ),
        "INITIATE",
      );
      checkSize("INITIATE", text, 128, false);
      // Any client may come; that it owns its lasting key is seen by the vouch.
      const vouch = opened(
        nacl.box.open(
          text.subarray(48, 128),
          nonceOf("VOUCH---", text.subarray(32, 48)),
          text.subarray(0, KEY),
          short.secretKey,
        ),
        "the vouch",
      );
      if (!areSame(vouch, joined([client, keys.publicKey]))) {
        throw new ProtocolBreach("meet a peer", "it must vouch for its key", "the vouch", "other");
      }
      try {
        welcome(decodeProperties(text.subarray(128)));
      } catch (error) {
        await sayError(wire, "Invalid socket type");
        throw error;
      }
      const ready = next();
      const readyBox = nacl.box.after(
        encodeProperties(own),
        nonceOf("CurveZMQREADY---", ready),
        shared,
      );
      await wire.write(encodeCommand("READY", joined([ready, readyBox])));
      return cipherOf(shared, true, next, rising);
    },
  };
}

/** The mechanism on the side that connects: it knows the server's key and has a pair of its own. */
export function curveClient(serverKey: Uint8Array, keys: KeyPair = newKeyPair()): Mechanism {
  return {
    name: "CURVE",
    async meet(wire, own, welcome): Promise<Cipher> {
      const [next, rising, short] = [counter(), risingCheck(), newKeyPair()];

      const first = next();
      const helloBox = nacl.box(
        new Uint8Array(64),
        nonceOf("CurveZMQHELLO---", first),
        serverKey,
        short.secretKey,
      );
      const version = new Uint8Array(74); // 1.0 and zeros: as long as the answer, so no amplifier
      version[0] = 1;
      await wire.write(encodeCommand("HELLO", joined([version, short.publicKey, first, helloBox])));

      const answer = await expectCommand(wire, "WELCOME");
      checkSize("WELCOME", answer, 160);
      const answerNonce = nonceOf("WELCOME-", answer.subarray(0, LONG_NONCE));
      const text = opened(
        nacl.box.open(answer.subarray(LONG_NONCE), answerNonce, serverKey, short.secretKey),
        "WELCOME",
      );
      const [server, cookie] = [text.slice(0, KEY), text.slice(KEY)];
      const shared = nacl.box.before(server, short.secretKey);

      const [nonce, number] = [randomBytes(LONG_NONCE), next()];
      const vouch = nacl.box(
        joined([short.publicKey, serverKey]),
        nonceOf("VOUCH---", nonce),
        server,
        keys.secretKey,
      );
      const initiateBox = nacl.box.after(
        joined([keys.publicKey, nonce, vouch, encodeProperties(own)]),
        nonceOf("CurveZMQINITIATE", number),
        shared,
      );
      await wire.write(encodeCommand("INITIATE", joined([cookie, number, initiateBox])));

      const ready = await expectCommand(wire, "READY");
      checkSize("READY", ready, SHORT_NONCE + TAG, false);
      const readyNonce = nonceOf("CurveZMQREADY---", rising(ready.subarray(0, SHORT_NONCE)));
      const properties = opened(
        nacl.box.open.after(ready.subarray(SHORT_NONCE), readyNonce, shared),
        "READY",
      );
      welcome(decodeProperties(properties));
      return cipherOf(shared, false, next, rising);
    },
  };
}
