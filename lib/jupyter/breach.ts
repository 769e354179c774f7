/**
 * What a peer may not do, as an error: it ends that peer's connection and nothing else.
 *
 * @module
 */
import { cannot } from "../check.ts";

/** A peer broke the protocol. */
export class ProtocolBreach extends Error {
  override readonly name = "ProtocolBreach";

  /** What was being done, what the protocol asks for, and what came. */
  constructor(doing: string, need: string, subject: string, value: unknown) {
    super(cannot(doing, need, subject, value));
  }
}
