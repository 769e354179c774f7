/**
 * Messages of Jupyter, version 5.4: how they are signed, written and read.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { timeNow } from "../run/clock.ts";
import type { Channel } from "./connection_file.ts";
import { bytesOf, byteText } from "./zmtp_frames.ts";

/** The version of the protocol that is spoken here. */
export const PROTOCOL_VERSION = "5.4";

/** The number of signatures that are kept, as in jupyter_client. */
const SIGNATURES = 65_536;
/** Between the identities and the message. */
const DELIMITER = bytesOf("<IDS|MSG>");
/** Signature, header, parent header, metadata, content. */
const FIXED_PARTS = 5;

/** Plain data, as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

/** What every message says about itself; names as on the wire. */
export type Header = Json & {
  /** A name that no other message has. */
  readonly msg_id: string;
  /** What the message asks or tells. */
  readonly msg_type: string;
  /** The session that sent it. */
  readonly session: string;
};

/** A message of Jupyter. */
export type Message = {
  /** Where it came from or goes to: identities of ROUTER, or a topic. */
  readonly identities: readonly Uint8Array[];
  /** What it says about itself. */
  readonly header: Header;
  /** Header of the message that it answers, or `{}`. */
  readonly parentHeader: Json;
  /** What is said beside the content. */
  readonly metadata: Json;
  /** What it says. */
  readonly content: Json;
  /** Bytes that belong to the content; they are not signed. */
  readonly buffers: readonly Uint8Array[];
  /** The channel that it goes through. */
  readonly channel: Channel;
};

/** A message that was read, or why it may not be acted upon. */
export type Decoded = { readonly message: Message } | { readonly refused: string };

/** The last signatures that were seen, so that no message is acted upon twice. */
export class SeenSignatures {
  readonly #seen = new Set<string>();
  readonly #limit: number;

  /** Keeps the last `limit` of them. */
  constructor(limit: number = SIGNATURES) {
    this.#limit = limit;
  }

  /** Takes a signature; tells whether it is new. */
  add(signature: string): boolean {
    if (this.#seen.has(signature)) return false;
    this.#seen.add(signature);
    // A set gives its entries in the order in which they came.
    if (this.#seen.size > this.#limit) this.#seen.delete(this.#seen.values().next().value!);
    return true;
  }
}

/** A header with a name of its own and the time now. */
export function newHeader(type: string, session: string, username = "kernel"): Header {
  return {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username,
    date: timeNow(),
    version: PROTOCOL_VERSION,
  };
}

/** The signature of the four parts of JSON, as hexadecimal digits; empty without a key. */
export function signatureOf(parts: readonly Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** A message as the parts of a message of ZeroMQ, signed where the key is not empty. */
export function encodeMessage(message: Message, key: string): readonly Uint8Array[] {
  const { identities, header, parentHeader, metadata, content, buffers } = message;
  const encoder = new TextEncoder();
  const parts = [header, parentHeader, metadata, content]
    .map((part) => encoder.encode(JSON.stringify(part)));
  return [...identities, DELIMITER, bytesOf(signatureOf(parts, key)), ...parts, ...buffers];
}

/** Tells whether two runs of bytes are the same, in a time that does not say where they differ. */
function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A part as an object of JSON, or null. */
function objectOf(part: Uint8Array): Json | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(part));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Json
      : null;
  } catch {
    return null; // the caller says which part it is
  }
}

/** Tells whether an object has the fields that every header has. */
function isHeader(value: Json): value is Header {
  return ["msg_id", "msg_type", "session"]
    .every((name) => typeof value[name] === "string" && value[name] !== "");
}

/**
 * Reads the parts of a message of ZeroMQ. Nothing is parsed before the signature is found right; a
 * message that was seen before is refused where `seen` is given and messages are signed.
 */
export function decodeMessage(
  frames: readonly Uint8Array[],
  key: string,
  { channel = "shell", seen }: {
    /** The channel that it came through (default `shell`). */
    readonly channel?: Channel;
    /** Signatures of earlier messages, of all channels (default: none are kept). */
    readonly seen?: SeenSignatures;
  } = {},
): Decoded {
  const at = frames.findIndex((frame) => areSame(frame, DELIMITER));
  if (at < 0) return { refused: "it has no delimiter" };
  if (frames.length < at + 1 + FIXED_PARTS) return { refused: "parts are missing" };
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2, at + 1 + FIXED_PARTS);
  if (key !== "") {
    if (signature.length === 0) return { refused: "it is not signed" };
    if (!areSame(signature, bytesOf(signatureOf(parts, key)))) {
      return { refused: "its signature is wrong" };
    }
    if (seen?.add(byteText(signature)) === false) return { refused: "it was sent before" };
  }
  const [header, parentHeader, metadata, content] = parts.map(objectOf);
  if (header === null || parentHeader === null || metadata === null || content === null) {
    return { refused: "a part of it is not an object of JSON" };
  }
  if (!isHeader(header)) return { refused: "its header lacks msg_id, msg_type or session" };
  const buffers = frames.slice(at + 1 + FIXED_PARTS);
  const identities = frames.slice(0, at);
  return {
    message: { identities, header, parentHeader, metadata, content, buffers, channel },
  };
}
