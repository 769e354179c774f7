import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Allowance } from "../../lib/notebook/allowance.ts";

Deno.test("Allowance.take() grants the burst at once, then the rate", () => {
  let now = 5;
  const allowance = new Allowance({ burst: 10, rate: 2 }, () => now);
  assertEquals([allowance.take(7), allowance.take(4), allowance.take(3)], [true, false, true]);
  now += 1.5;
  assertEquals([allowance.take(4), allowance.take(3), allowance.take(1)], [false, true, false]);
  now += 100;
  assertEquals([allowance.take(11), allowance.take(10)], [false, true], "never above the burst");
});

Deno.test("Allowance.take() never grants more than burst + rate t in any t seconds", () => {
  const asked = fc.array(fc.tuple(fc.double({ min: 0, max: 2, noNaN: true }), fc.nat(12)));
  fc.assert(fc.property(asked, (steps) => {
    let now = 0;
    const allowance = new Allowance({ burst: 10, rate: 3 }, () => now);
    const granted = steps.map(([pause, amount]) => {
      now += pause;
      return { at: now, amount: allowance.take(amount) ? amount : 0 };
    });
    for (let from = 0; from < granted.length; from++) {
      let sum = 0;
      for (const { at, amount } of granted.slice(from)) {
        sum += amount;
        assert(sum <= 10 + 3 * (at - granted[from].at) + 1e-9);
      }
    }
  }));
});
