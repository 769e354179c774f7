/**
 * The five channels of a kernel: messages in, answers and broadcasts out.
 *
 * @module
 */
import type { Channel, ConnectionInfo } from "./connection_file.ts";
import {
  decodeMessage,
  encodeMessage,
  type Header,
  type Json,
  type Message,
  newHeader,
  SeenSignatures,
} from "./messages.ts";
import { curveServer } from "./zmtp_curve.ts";
import { bytesOf, byteText } from "./zmtp_frames.ts";
import { nullMechanism } from "./zmtp_handshake.ts";
import {
  type PubSocket,
  pubSocket,
  repSocket,
  type RouterSocket,
  routerSocket,
  type Socket,
} from "./zmtp_sockets.ts";

/** Channels that messages come through. */
const INWARD = ["shell", "control", "stdin"] as const;

/** What a message may have beside its content. */
export type Beside = { readonly metadata?: Json; readonly buffers?: readonly Uint8Array[] };

/** The sockets of those. */
type Routers = Readonly<Record<typeof INWARD[number], RouterSocket>>;

/** The channels of a kernel. */
export class Wire {
  /** The session of this kernel, which its messages name. */
  readonly session: string = crypto.randomUUID();
  readonly #key: string;
  readonly #routers: Routers;
  readonly #publisher: PubSocket;
  readonly #heart: Socket;

  private constructor(
    key: string,
    routers: Routers,
    publisher: PubSocket,
    heart: Socket,
  ) {
    this.#key = key;
    this.#routers = routers;
    this.#publisher = publisher;
    this.#heart = heart;
  }

  /** Listens where the connection file says. */
  static async open({ addresses, key, curve }: ConnectionInfo): Promise<Wire> {
    const mechanism = curve === null ? nullMechanism(true) : curveServer(curve);
    const options = { mechanism };
    // assigned below: a front end can only subscribe once all of it is there
    const greet = (topic: Uint8Array, send: (frames: readonly Uint8Array[]) => void) => {
      send(wire.#frames("iopub_welcome", { subscription: byteText(topic) }, {}));
    };
    const [shell, control, stdin, publisher, heart] = await Promise.all(
      [
        ...INWARD.map((channel) => routerSocket(addresses[channel], options)),
        pubSocket(addresses.iopub, { ...options, onSubscribe: greet }),
        repSocket(addresses.hb, options),
      ] as const,
    ) as [RouterSocket, RouterSocket, RouterSocket, PubSocket, Socket];
    const wire = new Wire(key, { shell, control, stdin }, publisher, heart);
    return wire;
  }

  /** Messages as they come, of all channels; those that may not be acted upon are left out. */
  listen(take: (message: Message) => void, refuse: (why: string) => void): void {
    const seen = new SeenSignatures();
    const attend = async (channel: typeof INWARD[number]) => {
      for await (const { peer, frames } of this.#routers[channel]) {
        const decoded = decodeMessage(frames, this.#key, { channel, seen });
        if ("refused" in decoded) {
          refuse(`${channel}: ${decoded.refused}`);
          continue;
        }
        try {
          take({ ...decoded.message, identities: [peer] });
        } catch (error) { // a content that nothing can be made of ends no kernel
          refuse(`${channel}: ${error}`);
        }
      }
    };
    for (const channel of INWARD) void attend(channel);
  }

  /** Answers a message through the channel that it came through. */
  async reply(
    { channel, identities, header }: Message,
    type: string,
    content: Json,
  ): Promise<void> {
    await this.#send(channel, identities, {
      identities: [],
      header: newHeader(type, this.session),
      parentHeader: header,
      metadata: {},
      content,
      buffers: [],
      channel,
    });
  }

  /** Asks whoever sent a message something, through the channel for that. */
  async ask(message: Message, type: string, content: Json): Promise<void> {
    await this.reply({ ...message, channel: "stdin" }, type, content);
  }

  /** Tells all front ends something. */
  publish(type: string, content: Json, parent: Header | Json, beside: Beside = {}): void {
    this.#publisher.send(this.#frames(type, content, parent, beside));
  }

  /** Ends all channels; what is queued for front ends is handed over first. */
  async close(): Promise<void> {
    const sockets = [...Object.values(this.#routers), this.#publisher, this.#heart];
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  #frames(type: string, content: Json, parent: Json, { metadata = {}, buffers = [] }: Beside = {}) {
    const message: Message = {
      identities: [bytesOf(`kernel.${this.session}.${type}`)],
      header: newHeader(type, this.session),
      parentHeader: parent,
      metadata,
      content,
      buffers,
      channel: "iopub",
    };
    return encodeMessage(message, this.#key);
  }

  async #send(
    channel: Channel,
    [peer]: readonly Uint8Array[],
    message: Message,
  ): Promise<void> {
    const router = this.#routers[channel as typeof INWARD[number]];
    await router.send(peer, encodeMessage(message, this.#key));
  }
}
