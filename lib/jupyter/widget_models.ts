/**
 * Inputs as widgets of the front end: the state of the model that shows each, and back.
 *
 * @module
 */
import { acceptedValue, type InputRequest } from "../notebook/inputs.ts";

/** State of a widget's model, as the front end keeps it. */
export type WidgetState = Readonly<Record<string, unknown>>;

/** What a front end sends of a widget. */
export type WidgetMessage = {
  readonly method?: string;
  readonly state?: WidgetState;
  readonly content?: { readonly event?: string };
  readonly buffer_paths?: readonly (readonly (string | number)[])[];
};

const CONTROLS = {
  _model_module: "@jupyter-widgets/controls",
  _model_module_version: "2.0.0",
  _view_module: "@jupyter-widgets/controls",
  _view_module_version: "2.0.0",
};

/** Fields by which anywidget knows a model that brings its own module. */
const ANYWIDGET = {
  _model_module: "anywidget",
  _model_module_version: "*",
  _model_name: "AnyModel",
  _view_module: "anywidget",
  _view_module_version: "*",
  _view_name: "AnyView",
};

/** Names of a model and of its view. */
function named(model: string, view = model): WidgetState {
  return { ...CONTROLS, _model_name: `${model}Model`, _view_name: `${view}View` };
}

/** The state of the model that shows an input with a value. */
export function widgetState(request: InputRequest, value: unknown): WidgetState {
  const description = request.label;
  switch (request.kind) {
    case "range": {
      const { min, max, step } = request;
      const whole = [min, max, step].every(Number.isInteger);
      const places = Math.min(12, Math.max(0, -Math.floor(Math.log10(step)))); // of the shown number
      const readout_format = whole ? "d" : `.${places}f`;
      const slider = { description, min, max, step, value, readout_format };
      return { ...named(whole ? "IntSlider" : "FloatSlider"), ...slider, continuous_update: true };
    }
    case "number": {
      const { min, max, step } = request;
      if (!Number.isFinite(min) || !Number.isFinite(max)) {
        return { ...named("FloatText"), description, step, value };
      }
      return { ...named("BoundedFloatText", "FloatText"), description, min, max, step, value };
    }
    case "select":
      return {
        ...named("Dropdown"),
        description,
        _options_labels: request.options,
        index: value,
      };
    case "checkbox":
      return { ...named("Checkbox"), description, value, indent: false };
    case "text":
      return { ...named("Text"), description, value, continuous_update: true };
    case "button":
      return { ...named("Button"), description };
    case "file":
      return {
        ...named("FileUpload"),
        description: description || "Choose a file",
        accept: request.accept,
        multiple: false,
        value: [],
      };
    case "widget":
      return { ...ANYWIDGET, _esm: request.esm, _css: request.css, ...value as WidgetState };
  }
}

/** States of models by comm, as a page that attaches again is told them. */
export function widgetStates(
  states: Readonly<Record<string, WidgetState>>,
): Readonly<Record<string, { readonly state: unknown }>> {
  return Object.fromEntries(
    Object.entries(states).map(([comm, state]) => [comm, {
      model_name: state._model_name,
      model_module: state._model_module,
      model_module_version: state._model_module_version,
      state,
    }]),
  );
}

/**
 * The value that a message of the front end gives an input; undefined where it gives none that the
 * input can have.
 */
export function widgetValue(
  request: InputRequest,
  now: unknown,
  { method, state = {}, content, buffer_paths: paths = [] }: WidgetMessage,
  buffers: readonly Uint8Array[] = [],
): unknown {
  if (request.kind === "button") {
    return method === "custom" && content?.event === "click" ? Number(now) + 1 : undefined;
  }
  if (request.kind === "widget") {
    const fields = method === "update" ? acceptedValue(request, state) as WidgetState : null;
    return fields === null ? undefined : { ...now as WidgetState, ...fields };
  }
  const name = request.kind === "select" ? "index" : "value";
  if (method !== "update" || !(name in state)) return undefined;
  if (request.kind !== "file") return acceptedValue(request, state[name]) ?? undefined;
  const [chosen] = state.value as readonly { readonly name?: unknown; readonly type?: unknown }[];
  if (chosen === undefined) return null;
  const at = paths.findIndex((path) => path.join() === "value,0,content");
  if (at < 0 || buffers[at] === undefined) return undefined;
  return { name: String(chosen.name), type: String(chosen.type ?? ""), bytes: buffers[at].slice() };
}
