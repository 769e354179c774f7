import { assertEquals, assertThrows } from "@std/assert";
import { LayerRoute, rulesByName } from "../../lib/run/layer_rules.ts";

Deno.test("LayerRoute changes its step only where the ranks pass the threshold by the factor", () => {
  const route = new LayerRoute({ threshold: 2, hysteresis: 1.25 });
  const steps = [2, 1.7, 1.59, 2.4, 2.5, 1.9].map((ratio) => {
    route.choose(ratio);
    return route.take();
  });
  assertEquals(steps, ["spectral", "spectral", "euclidean", "euclidean", "spectral", "spectral"]);
  assertEquals(route.share, 4 / 6);
});

Deno.test("LayerRoute starts on the side of the threshold, without the factor", () => {
  for (const [ratio, step] of [[1, "spectral"], [0.999, "euclidean"]] as const) {
    const route = new LayerRoute({ hysteresis: 10 });
    route.choose(ratio);
    assertEquals(route.take(), step);
  }
});

Deno.test("LayerRoute of a fixed rule does not ask, and stays", () => {
  const route = new LayerRoute("euclidean");
  route.choose(1e9);
  assertEquals([route.asks, route.take(), route.share], [false, "euclidean", 0]);
});

Deno.test("rulesByName() gives one rule to all weights, or each its own", () => {
  const names = ["w1", "w2"];
  assertEquals(rulesByName("test", names, "spectral"), { w1: "spectral", w2: "spectral" });
  assertEquals(rulesByName("test", names, { threshold: 2 }), {
    w1: { threshold: 2 },
    w2: { threshold: 2 },
  });
  const mixed = { w1: "euclidean", w2: {} } as const;
  assertEquals(rulesByName("test", names, mixed), mixed);
});

Deno.test("rulesByName() refuses what is no rule, by the weight's name", () => {
  const refuse = (rules: unknown, text: string, kind: typeof RangeError | typeof TypeError) =>
    assertThrows(() => rulesByName("test", ["w1", "w2"], rules as never), kind, text);
  refuse("sign", "rules.w1", RangeError);
  refuse({ w1: "spectral" }, "rules.w2", TypeError);
  refuse({ w1: "spectral", w2: { limit: 1 } }, "rules.w2", TypeError);
  refuse({ threshold: 0 }, "rules.w1.threshold", RangeError);
  refuse({ hysteresis: 0.5 }, "rules.w1.hysteresis", RangeError);
  refuse(null, "rules", TypeError);
});
