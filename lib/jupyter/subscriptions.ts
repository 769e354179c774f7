/**
 * What one peer of a PUB wants to get: beginnings of the first part of a message.
 *
 * @module
 */
import { ProtocolBreach } from "./breach.ts";
import { byteText, type Received } from "./zmtp_frames.ts";

/** The bytes of subscriptions that are kept for a peer, each with 64 for itself. */
const LIMIT = 2 ** 20, COST = 64;

/** The subscriptions of a peer; one that is made twice must be ended twice. */
export class Subscriptions {
  readonly #counts = new Map<string, number>();
  #size = 0;

  /** Takes what the peer sent; gives the topic where it is a new subscription, otherwise null. */
  take(received: Received): Uint8Array | null {
    const { isNew, topic } = requestOf(received);
    const key = byteText(topic), count = this.#counts.get(key) ?? 0;
    if (!isNew) {
      // To end what was never begun does nothing.
      if (count > 1) this.#counts.set(key, count - 1);
      else if (this.#counts.delete(key)) this.#size -= key.length + COST;
      return null;
    }
    if (count === 0) this.#size += key.length + COST;
    if (this.#size > LIMIT) {
      throw new ProtocolBreach("subscribe", `${LIMIT} bytes are kept`, "size", this.#size);
    }
    this.#counts.set(key, count + 1);
    return topic;
  }

  /** Tells whether the peer wants messages whose first part is this. */
  matches(first: Uint8Array): boolean {
    for (const topic of this.#counts.keys()) {
      if (topic.length > first.length) continue;
      let at = 0;
      while (at < topic.length && topic.charCodeAt(at) === first[at]) at++;
      if (at === topic.length) return true;
    }
    return false;
  }
}

/** What a peer asks for: a message of 1 or 0 and the topic (3.0), or a command (3.1). */
function requestOf(
  received: Received,
): { readonly isNew: boolean; readonly topic: Uint8Array } {
  if ("command" in received) {
    const { name, data } = received.command;
    if (name === "SUBSCRIBE" || name === "CANCEL") {
      return { isNew: name === "SUBSCRIBE", topic: data };
    }
    throw new ProtocolBreach("subscribe", "SUBSCRIBE or CANCEL does it", "the command", name);
  }
  const { parts: [first, ...others] } = received;
  if (others.length > 0 || first[0] !== 0 && first[0] !== 1) {
    throw new ProtocolBreach("subscribe", "one part does it", "the parts", others.length + 1);
  }
  return { isNew: first[0] === 1, topic: first.subarray(1) };
}
