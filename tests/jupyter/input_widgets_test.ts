import { assertEquals } from "@std/assert";
import { type CommMessage, InputWidgets } from "../../lib/jupyter/input_widgets.ts";
import type { InputRequest } from "../../lib/notebook/inputs.ts";

const SLIDER: InputRequest = { kind: "range", label: "k", min: 0, max: 10, step: 1, value: 5 };
const BOX: InputRequest = { kind: "checkbox", label: "on", value: false };

/** Inputs with what they send and show; `run` asks for inputs as the code of a cell would. */
function recorded() {
  const sent: CommMessage[] = [], shown: string[] = [];
  let cell: string | null = null, id = 0;
  const widgets = new InputWidgets({
    send: (message) => void sent.push(message),
    display: (bundle) => void shown.push(`${cell} ${bundle["text/plain"]}`),
    cell: () => cell,
    newId: () => `comm${++id}`,
  });
  function run(name: string, requests: readonly InputRequest[], shows = true): unknown[] {
    cell = name;
    widgets.begin(name, { shows });
    const values = requests.map((request) => widgets.value(request));
    widgets.end(name);
    cell = null;
    return values;
  }
  const move = (comm: string, state: Record<string, unknown>) =>
    widgets.receive(comm, { method: "update", state });
  /** Messages since the last call, short. */
  const news = () =>
    sent.splice(0).map(({ type, content }) => {
      const { method } = (content.data ?? {}) as { method?: string };
      return [type, content.comm_id, method].filter(Boolean).join(" ");
    });
  return { widgets, run, move, news, shown };
}

Deno.test("InputWidgets opens a widget when a cell first asks, and keeps its value", () => {
  const { run, move, news, shown } = recorded();
  assertEquals(run("a", [SLIDER, BOX]), [5, false]);
  assertEquals(news(), ["comm_open comm1", "comm_open comm2"]);
  assertEquals(shown, ["a k: 5", "a on: false"]);
  assertEquals(move("comm1", { value: 7 }), "a", "its cell is to run again");
  assertEquals(news(), ["comm_msg comm1 echo_update"]);
  assertEquals(run("a", [SLIDER, BOX], false), [7, false]);
  assertEquals([news(), shown.length], [[], 2], "nothing is shown anew when an input moved");
  assertEquals(run("a", [SLIDER, BOX]), [7, false]);
  assertEquals([news(), shown.length], [[], 4], "the same widgets when its reader runs the cell");
});

Deno.test("InputWidgets.receive() runs nothing where the value is the same or none", () => {
  const { run, move, widgets } = recorded();
  run("a", [SLIDER]);
  assertEquals(move("comm1", { value: 5 }), null);
  assertEquals(move("comm1", { value: 50 }), null);
  assertEquals(move("comm1", { description: "x" }), null);
  assertEquals(move("other", { value: 5 }), undefined);
  assertEquals(run("a", [SLIDER]), [5]);
  assertEquals(widgets.comms(), ["comm1"]);
});

Deno.test("InputWidgets replaces an input that has changed, and closes what a cell no longer asks", () => {
  const { run, move, news, widgets } = recorded();
  run("a", [SLIDER, BOX]);
  move("comm1", { value: 7 });
  news();
  assertEquals(run("a", [{ ...SLIDER, value: 3 }]), [7], "a new default moves nothing");
  assertEquals(news(), ["comm_close comm2"]);
  assertEquals(run("a", [{ ...SLIDER, max: 6 }]), [5], "another range is another input");
  assertEquals(news(), ["comm_open comm3", "comm_close comm1"]);
  widgets.remove("a");
  assertEquals([news(), widgets.comms()], [["comm_close comm3"], []]);
});

Deno.test("InputWidgets answers for the state of every model, for pages that attach again", () => {
  const { run, move, news, widgets } = recorded();
  run("a", [SLIDER]);
  run("b", [BOX]);
  move("comm1", { value: 9 });
  news();
  assertEquals(widgets.receive("comm1", { method: "request_state" }), null);
  assertEquals(news(), ["comm_msg comm1 update"]);
  const states = widgets.states() as Record<string, { state: { value: unknown } }>;
  assertEquals(Object.entries(states).map(([comm, { state }]) => [comm, state.value]), [
    ["comm1", 9],
    ["comm2", false],
  ]);
});

Deno.test("InputWidgets gives the value at first outside of all cells", () => {
  const { widgets, news } = recorded();
  assertEquals([widgets.value(SLIDER), news()], [5, []]);
});
