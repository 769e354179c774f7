/**
 * What a front end does with inputs, and what it sees of outputs that follow them.
 *
 * @module
 */
import type { Json, Message } from "../../lib/jupyter/messages.ts";
import type { KernelClient } from "./kernel_client.ts";

/** The comms that were opened among messages, in order. */
export function opened(messages: readonly Message[]): readonly string[] {
  return messages.filter(({ header }) => header.msg_type === "comm_open")
    .map(({ content }) => String(content.comm_id));
}

/** Sends what a front end sends when a reader moves an input; returns what follows. */
export async function move(
  kernel: KernelClient,
  comm: string,
  state: Json,
): Promise<readonly Message[]> {
  const data = { method: "update", state, buffer_paths: [] };
  return await kernel.untilIdle(await kernel.send("comm_msg", { comm_id: comm, data }));
}

/** The outputs that widgets show after messages, in the order in which they changed first. */
export function outputsIn(messages: readonly Message[]): readonly Json[] {
  const last = new Map<unknown, readonly Json[]>();
  for (const { header, content } of messages) {
    const { state } = (content.data ?? {}) as { readonly state?: { readonly outputs?: Json[] } };
    if (header.msg_type.startsWith("comm_") && state?.outputs) {
      last.set(content.comm_id, state.outputs);
    }
  }
  return [...last.values()].flat();
}

/** The same, a line for each output. */
export function shownIn(messages: readonly Message[]): readonly string[] {
  return outputsIn(messages).map((output) => {
    const data = output.data as Json | undefined;
    return `${output.output_type}: ${output.text ?? data?.["text/plain"]}`;
  });
}
