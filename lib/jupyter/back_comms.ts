/**
 * Messages of comms: movements of inputs, and questions of pages about widgets.
 *
 * @module
 */
import type { Order } from "./back_messages.ts";
import type { BackOutputs } from "./back_outputs.ts";
import type { InputWidgets } from "./input_widgets.ts";
import { type WidgetMessage, widgetStates } from "./widget_models.ts";

/** A message of a comm. */
export type Comm = Order & { readonly type: "comm" };

/** Takes a message; returns the cell to run again as an input of it has moved, or null. */
export function takeComm(
  { kind, content, buffers }: Comm,
  inputs: InputWidgets,
  outputs: BackOutputs,
): string | null {
  const comm = String(content.comm_id);
  const data = (content.data ?? {}) as WidgetMessage;
  function tell(data: object): void {
    const whole = { ...data, buffer_paths: [] };
    outputs.direct(null, "comm_msg", { comm_id: comm, data: whole });
  }
  if (kind !== "comm_close" && data.method === "request_states") {
    // a page that attaches again asks what all widgets look like
    const states = { ...inputs.states(), ...widgetStates(outputs.states()) };
    tell({ method: "update_states", states });
    return null;
  }
  if (kind !== "comm_msg") return null;
  const cell = inputs.receive(comm, data, buffers);
  if (cell !== undefined) return cell;
  const state = outputs.states()[comm];
  if (state !== undefined && data.method === "request_state") tell({ method: "update", state });
  return null;
}
