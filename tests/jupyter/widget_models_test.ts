import { assertEquals } from "@std/assert";
import { widgetState, widgetValue } from "../../lib/jupyter/widget_models.ts";
import type { InputRequest } from "../../lib/notebook/inputs.ts";

const RANGE: InputRequest = { kind: "range", label: "k", min: 0, max: 1, step: 0.05, value: 0.5 };
const WHOLE: InputRequest = { kind: "range", label: "n", min: 8, max: 64, step: 8, value: 32 };
const SELECT: InputRequest = { kind: "select", label: "f", options: ["relu", "erf"], value: 0 };
const BUTTON: InputRequest = { kind: "button", label: "again", value: 0 };
const FILE: InputRequest = { kind: "file", label: "", accept: ".csv", value: null };
const NUMBER: InputRequest = {
  kind: "number",
  label: "x",
  min: -Infinity,
  max: Infinity,
  step: 1,
  value: 0,
};

/** Model, view and the fields that a front end draws from. */
function drawn(request: InputRequest, value: unknown): Record<string, unknown> {
  const { _model_name: model, _view_name: view, ...rest } = widgetState(request, value);
  const fields = Object.entries(rest).filter(([name]) => !name.startsWith("_model"));
  return { model, view, ...Object.fromEntries(fields.filter(([name]) => !/^_view/.test(name))) };
}

Deno.test("widgetState() gives the model of ipywidgets for each kind of input", () => {
  assertEquals(drawn(RANGE, 0.25), {
    model: "FloatSliderModel",
    view: "FloatSliderView",
    description: "k",
    min: 0,
    max: 1,
    step: 0.05,
    value: 0.25,
    readout_format: ".2f",
    continuous_update: true,
  });
  const whole = drawn(WHOLE, 40);
  assertEquals([whole.model, whole.readout_format], ["IntSliderModel", "d"]);
  assertEquals(drawn(SELECT, 1), {
    model: "DropdownModel",
    view: "DropdownView",
    description: "f",
    _options_labels: ["relu", "erf"],
    index: 1,
  });
  assertEquals(drawn(NUMBER, 2), {
    model: "FloatTextModel",
    view: "FloatTextView",
    description: "x",
    step: 1,
    value: 2,
  });
  const bounded = drawn({ ...NUMBER, min: 0, max: 9 }, 2);
  assertEquals([bounded.model, bounded.view, bounded.max], [
    "BoundedFloatTextModel",
    "FloatTextView",
    9,
  ]);
});

Deno.test("widgetValue() reads what a front end sends, and only what the input can have", () => {
  const update = (state: Record<string, unknown>) => ({ method: "update", state });
  assertEquals(widgetValue(RANGE, 0, update({ value: 0.75 })), 0.75);
  assertEquals(widgetValue(RANGE, 0, update({ value: 2 })), undefined);
  assertEquals(widgetValue(RANGE, 0, update({ description: "x" })), undefined);
  assertEquals(widgetValue(SELECT, 0, update({ index: 1 })), 1);
  assertEquals(widgetValue(SELECT, 0, update({ index: 2 })), undefined);
  assertEquals(widgetValue(BUTTON, 2, { method: "custom", content: { event: "click" } }), 3);
  assertEquals(widgetValue(BUTTON, 2, update({ value: 9 })), undefined);
});

Deno.test("widgetValue() takes a file's bytes from the buffer that belongs to them", () => {
  const message = {
    method: "update",
    state: { value: [{ name: "a.csv", type: "text/csv", size: 2 }] },
    buffer_paths: [["value", 0, "content"]],
  };
  assertEquals(widgetValue(FILE, null, message, [new Uint8Array([1, 2])]), {
    name: "a.csv",
    type: "text/csv",
    bytes: new Uint8Array([1, 2]),
  });
  assertEquals(widgetValue(FILE, null, { ...message, buffer_paths: [] }, []), undefined);
  assertEquals(widgetValue(FILE, {}, { method: "update", state: { value: [] } }), null);
});

Deno.test("widgets of one's own are anywidget's models, and take fields that they have", () => {
  const own: InputRequest = {
    kind: "widget",
    label: "",
    esm: "export default {}",
    css: ".a {}",
    value: { count: 0, name: "a" },
  };
  const state = widgetState(own, { count: 2, name: "a" });
  assertEquals(state, {
    _model_module: "anywidget",
    _model_module_version: "*",
    _model_name: "AnyModel",
    _view_module: "anywidget",
    _view_module_version: "*",
    _view_name: "AnyView",
    _esm: "export default {}",
    _css: ".a {}",
    count: 2,
    name: "a",
  });
  const now = { count: 2, name: "a" };
  const update = (fields: object) =>
    widgetValue(own, now, { method: "update", state: { ...fields } });
  assertEquals(update({ count: 3 }), { count: 3, name: "a" });
  assertEquals(update({ count: 3, other: 1 }), { count: 3, name: "a" });
  assertEquals(update({ _esm: "evil" }), undefined);
});
