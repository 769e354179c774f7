import { assertEquals } from "@std/assert";
import { History } from "../../lib/jupyter/history.ts";

/** A history in memory with some cells. */
function filled(): History {
  const history = new History(":memory:");
  ["a = 1", "b = 2", "a = 1", "f(\n[x])", "b * 2"].forEach((source, i) =>
    history.add(i + 1, source, i === 4 ? "4" : null)
  );
  return history;
}

Deno.test("History.read() gives the tail, oldest first, with values where asked", () => {
  using history = filled();
  assertEquals(history.read({ hist_access_type: "tail", n: 2 }), [
    [1, 4, "f(\n[x])"],
    [1, 5, "b * 2"],
  ]);
  assertEquals(history.read({ hist_access_type: "tail", n: 1, output: true }), [
    [1, 5, ["b * 2", "4"]],
  ]);
  assertEquals(history.read({ hist_access_type: "tail" }).length, 5);
});

Deno.test("History.read() searches the whole source with * and ?, also each only once", () => {
  using history = filled();
  const search = (pattern: string, more = {}) =>
    history.read({ hist_access_type: "search", pattern, ...more }).map(([, line]) => line);
  assertEquals(search("a*"), [1, 3]);
  assertEquals(search("a*", { unique: true }), [3]);
  assertEquals(search("? = ?"), [1, 2, 3]);
  assertEquals(search("? = ?", { n: 2 }), [2, 3]);
  assertEquals(search("= 1"), [], "the whole source");
  assertEquals(search("*[x]*"), [4], "brackets stand for themselves");
  assertEquals(search("*"), [1, 2, 3, 4, 5]);
});

Deno.test("History keeps earlier sessions in its file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    {
      using first = new History(path);
      first.add(1, "early");
      first.add(1, "early, again");
    }
    using history = new History(path);
    using other = new History(path);
    history.add(1, "late");
    other.add(1, "elsewhere");
    history.add(2, "later");
    const range = (session: number, more = {}) =>
      history.read({ hist_access_type: "range", session, ...more });
    assertEquals(range(0), [[2, 1, "late"], [2, 2, "later"]]);
    assertEquals(range(0, { start: 1, stop: 2 }), [[2, 1, "late"]]);
    assertEquals(range(-1), [[1, 1, "early, again"]]);
    assertEquals(range(1), range(-1));
    assertEquals(history.read({ hist_access_type: "tail", n: 2 }), [
      [2, 2, "later"],
      [3, 1, "elsewhere"],
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
