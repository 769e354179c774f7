/**
 * The decoder of `transformer()`, by loops in float64.
 *
 * @module
 */
import {
  activate,
  add,
  matmul,
  type Matrix,
  matrix,
  type Params,
  type TransformerOptions,
} from "resolvent";

/** Scores of one sequence, shape `[t, vocabulary]`. */
export function reference(
  options: TransformerOptions,
  params: Params,
  tokens: readonly number[],
): Matrix {
  const { width, heads, layers, norm, block = "relu" } = options;
  const places = tokens.length, side = width / heads;
  const row = (a: Matrix, i: number) => [...a.data.slice(i * a.cols, (i + 1) * a.cols)];
  const normed = (h: Matrix, gain: Matrix, bias?: Matrix) => {
    const rows = Array.from({ length: places }, (_, i) => {
      const x = row(h, i);
      const mean = norm === "layer" ? x.reduce((s, v) => s + v) / width : 0;
      const square = x.reduce((s, v) => s + (v - mean) ** 2, 0) / width;
      return x.map((v, j) =>
        (v - mean) / Math.sqrt(square + 1e-5) * gain.data[j] + (bias?.data[j] ?? 0)
      );
    });
    return matrix(places, width, rows);
  };
  let h = matrix(
    places,
    width,
    tokens.map((token, i) =>
      row(params.embedding, token).map((v, j) => v + row(params.positions, i)[j])
    ),
  );
  for (let l = 1; l <= layers; l++) {
    const z = normed(h, params[`attentionGain${l}`], params[`attentionBias${l}`]);
    const [q, k, v] = ["query", "key", "value"].map((name) => matmul(z, params[name + l]));
    const mixed = matrix(places, width);
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < places; i++) {
        const scores = Array.from({ length: i + 1 }, (_, j) => {
          let dot = 0;
          for (let c = head * side; c < (head + 1) * side; c++) {
            dot += q.data[i * width + c] * k.data[j * width + c];
          }
          return Math.exp(dot / Math.sqrt(side));
        });
        const total = scores.reduce((a, b) => a + b);
        for (let c = head * side; c < (head + 1) * side; c++) {
          scores.forEach((s, j) => mixed.data[i * width + c] += s / total * v.data[j * width + c]);
        }
      }
    }
    h = add(h, matmul(mixed, params[`merge${l}`]));
    const y = normed(h, params[`blockGain${l}`], params[`blockBias${l}`]);
    const up = matmul(y, params[`up${l}`]);
    const gate = block === "swiglu" ? activate(matmul(y, params[`gate${l}`]), "silu") : null;
    const units = gate === null
      ? activate(up, block as "relu")
      : matrix(up.rows, up.cols, up.data.map((v, at) => v * gate.data[at]));
    h = add(h, matmul(units, params[`down${l}`]));
  }
  return matmul(normed(h, params.finalGain, params.finalBias), params.readOut);
}
