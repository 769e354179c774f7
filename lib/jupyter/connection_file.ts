/**
 * The file by which a Jupyter client tells a kernel where to listen, and with which keys.
 *
 * @module
 */
import * as z from "zod";
import { cannot } from "../check.ts";
import { parseWith } from "../claims/claim_file.ts";
import { decodeZ85 } from "./z85.ts";
import { type KeyPair, keyPairOf } from "./zmtp_curve.ts";

/** Where a socket listens: a port of an address, or the file `ip` + "-" + `port`. */
export type Address = {
  /** Through the network of this machine, or through a file. */
  readonly transport: "tcp" | "ipc";
  /** A loopback address, or the beginning of a path. */
  readonly ip: string;
  /** The port; 0 is any that is free (tcp). */
  readonly port: number;
};

/** The channels of a kernel. */
export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;

/** A channel of a kernel. */
export type Channel = typeof CHANNELS[number];

/** What a connection file says. */
export type ConnectionInfo = {
  /** Where each channel listens. */
  readonly addresses: Readonly<Record<Channel, Address>>;
  /** The key of signatures; empty where messages are not signed. */
  readonly key: string;
  /** The name that the client knows the kernel by, or an empty text. */
  readonly kernelName: string;
  /** The server's keys where the connection is encrypted, otherwise null. */
  readonly curve: KeyPair | null;
};

const port = z.int().min(1).max(65535);
const key85 = z.string().length(40, "expected 40 characters of Z85");

// Clients add fields of their own, so others are let through.
const schema = z.object({
  transport: z.enum(["tcp", "ipc"]).default("tcp"),
  ip: z.string().min(1),
  shell_port: port,
  iopub_port: port,
  stdin_port: port,
  control_port: port,
  hb_port: port,
  key: z.string(),
  signature_scheme: z.literal("hmac-sha256").default("hmac-sha256"),
  kernel_name: z.string().default(""),
  curve_publickey: key85.optional(),
  curve_secretkey: key85.optional(),
});

/** Tells whether an address leads to this machine only. */
export function isLoopback(ip: string): boolean {
  if (ip === "localhost" || ip === "::1") return true;
  const bytes = ip.match(/^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/);
  return bytes !== null && bytes.slice(1).every((byte) => Number(byte) <= 255);
}

/** Throws a `RangeError` where a tcp address can be reached from other machines. */
export function checkLoopback({ transport, ip }: Address): void {
  if (transport !== "tcp" || isLoopback(ip)) return;
  throw new RangeError(cannot("listen", "only this machine may connect", "the address", ip));
}

/** The keys of a file, or null; neither appears in an error. */
function keysOf(
  { curve_publickey, curve_secretkey }: z.output<typeof schema>,
  doing: string,
): KeyPair | null {
  if (curve_publickey === undefined && curve_secretkey === undefined) return null;
  if (curve_publickey === undefined || curve_secretkey === undefined) {
    const missing = curve_publickey === undefined ? "curve_publickey" : "curve_secretkey";
    throw new TypeError(cannot(doing, "keys come in pairs", missing, undefined));
  }
  const pair = keyPairOf(decodeZ85(curve_secretkey));
  const stated = decodeZ85(curve_publickey);
  if (pair.publicKey.every((byte, i) => byte === stated[i])) return pair;
  throw new RangeError(cannot(doing, "keys must be a pair", "curve_publickey", curve_publickey));
}

/**
 * Reads the text of a connection file.
 *
 * @throws {TypeError} if it is not JSON or does not follow the schema
 * @throws {RangeError} if the address is not of this machine, or the keys are no pair
 */
export function parseConnectionFile(text: string, name = "the connection file"): ConnectionInfo {
  const doing = `read ${name}`;
  const file = parseWith(schema, doing, text);
  const { transport, ip } = file;
  const addresses = Object.fromEntries(
    CHANNELS.map((channel) => [channel, { transport, ip, port: file[`${channel}_port`] }]),
  ) as Record<Channel, Address>;
  checkLoopback(addresses.shell);
  return { addresses, key: file.key, kernelName: file.kernel_name, curve: keysOf(file, doing) };
}

/** Reads a connection file. */
export async function readConnectionFile(path: string): Promise<ConnectionInfo> {
  return parseConnectionFile(await Deno.readTextFile(path), path);
}
