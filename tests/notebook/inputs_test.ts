import { assertEquals, assertThrows } from "@std/assert";
import {
  acceptedValue,
  input,
  INPUT_HOST,
  type InputHost,
  type InputRequest,
} from "../../lib/notebook/inputs.ts";

/** Runs with a host that answers and keeps what it was asked. */
function withHost<T>(answer: (request: InputRequest) => unknown, use: () => T) {
  const asked: InputRequest[] = [];
  const scope = globalThis as { [INPUT_HOST]?: InputHost };
  scope[INPUT_HOST] = {
    value: (request) => {
      asked.push(request);
      return answer(request);
    },
  };
  try {
    return { value: use(), asked };
  } finally {
    delete scope[INPUT_HOST];
  }
}

Deno.test("input gives the value at first where no front end shows it", () => {
  assertEquals(input.range({ min: 8, max: 64, step: 8, value: 32 }), 32);
  assertEquals(input.range({ min: 0, max: 1, step: 0.1 }), 0.5);
  assertEquals(input.range({ min: 0, max: 1, step: 0.3 }), 0.6, "the middle, at a step");
  assertEquals(input.number(), 0);
  assertEquals(input.number({ value: 2.5, min: 1 }), 2.5);
  const choices = [{ k: 1 }, { k: 2 }];
  assertEquals(input.select(choices), choices[0]);
  assertEquals(input.select(choices, { value: choices[1] }), choices[1]);
  assertEquals([input.checkbox(), input.checkbox({ value: true })], [false, true]);
  assertEquals([input.text(), input.text({ value: "a" })], ["", "a"]);
  assertEquals([input.button("again"), input.file()], [0, null]);
});

Deno.test("input asks the host that shows it, and gives what it answers", () => {
  const moved = withHost(() => 40, () => input.range({ min: 8, max: 64, label: "width" }));
  assertEquals(moved.value, 40);
  assertEquals(moved.asked, [
    { kind: "range", label: "width", min: 8, max: 64, step: 0.56, value: 36 },
  ]);
  const format = (name: string) => name.toUpperCase();
  const chosen = withHost(() => 1, () => input.select(["relu", "tanh"], { format }));
  assertEquals(chosen.value, "tanh");
  assertEquals(chosen.asked, [
    { kind: "select", label: "", options: ["RELU", "TANH"], value: 0 },
  ]);
});

Deno.test("input refuses what cannot be shown", () => {
  assertThrows(
    () => input.range({ min: 1, max: 1 }),
    RangeError,
    "Cannot make a slider as max must be a finite number above 1: max is 1",
  );
  assertThrows(() => input.range({ min: 0, max: 1, value: 2 }), RangeError, "value is 2");
  assertThrows(() => input.range({ min: 0, max: 1, step: 0 }), RangeError, "step");
  assertThrows(() => input.number({ min: 2, max: 1 }), RangeError, "min must be at most max");
  assertThrows(() => input.select([]), RangeError, "there must be something to choose");
  assertThrows(() => input.select(["a"], { value: "b" }), RangeError, "one of them");
  assertThrows(() => input.text(null as never), TypeError, "options must be a record");
});

Deno.test("acceptedValue() takes only what an input can have", () => {
  const range: InputRequest = { kind: "range", label: "", min: 0, max: 1, step: 0.1, value: 0 };
  assertEquals([0.3, 2, "0.3", NaN].map((value) => acceptedValue(range, value)), [
    0.3,
    null,
    null,
    null,
  ]);
  const select: InputRequest = { kind: "select", label: "", options: ["a", "b"], value: 0 };
  assertEquals([1, 2, -1, 0.5].map((value) => acceptedValue(select, value)), [1, null, null, null]);
  const button: InputRequest = { kind: "button", label: "go", value: 0 };
  assertEquals([3, -1, "3"].map((value) => acceptedValue(button, value)), [3, null, null]);
  const box: InputRequest = { kind: "checkbox", label: "", value: false };
  assertEquals([true, 1].map((value) => acceptedValue(box, value)), [true, null]);
});
