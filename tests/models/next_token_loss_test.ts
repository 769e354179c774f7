import { assertAlmostEquals, assertThrows } from "@std/assert";
import {
  matrix,
  nextTokenLoss,
  rng,
  type Tensor,
  toMatrix,
  toTensor,
  transformer,
} from "resolvent";
import { useBackend } from "../support/backends.ts";

const model = transformer({ vocabulary: 5, context: 4, width: 4, heads: 2, layers: 1 });

Deno.test("nextTokenLoss() is the mean of minus the log-probability of what comes next", async () => {
  await useBackend("cpu");
  const params = Object.fromEntries(
    Object.entries(model.init(rng(2))).map(([name, a]) => [name, toTensor(a)]),
  );
  const tokens = matrix(2, 5, [0, 4, 2, 1, 1, 3, 3, 0, 2, 4]);
  const seen = toTensor(matrix(2, 4, (i, j) => tokens.data[5 * i + j])).toInt();
  const scores = await toMatrix(model.apply(params, seen).reshape([8, 5]) as never);
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const row = scores.data.slice(5 * i, 5 * i + 5);
    const next = tokens.data[Math.floor(i / 4) * 5 + i % 4 + 1];
    sum += Math.log(row.reduce((total, score) => total + Math.exp(score), 0)) - row[next];
  }
  const [loss] = nextTokenLoss(model)(params, toTensor(tokens).toInt()).dataSync();
  assertAlmostEquals(loss, sum / 8, 1e-6);
});

Deno.test("nextTokenLoss() refuses what is no batch of tokens", async () => {
  await useBackend("cpu");
  const loss = nextTokenLoss(model);
  for (const tokens of [toTensor(matrix(1, 3)), toTensor(matrix(1, 1)).toInt(), null]) {
    assertThrows(
      () => loss({}, tokens as unknown as Tensor),
      TypeError,
      "tokens must be an int32 tensor",
    );
  }
  assertThrows(() => nextTokenLoss({} as never), TypeError, "model.apply");
});
