/**
 * Work on tensors, on each backend whose numbers lie in the memory of this process.
 *
 * @module
 */
import { backend, type Matrix, type Tensor, toMatrix, toTensor } from "resolvent";
import { type Contender, milliseconds } from "./beside.ts";

/** The backends. */
export const BACKENDS = ["wasm", "cpu"] as const;

/** The work as a contender on each backend: from tensors of matrices to the last number. */
export async function onTensors<K extends string>(
  matrices: { readonly [N in K]: Matrix },
  work: (tensors: { readonly [N in K]: Tensor }) => Tensor,
): Promise<readonly Contender[]> {
  const contenders: Contender[] = [];
  for (const name of BACKENDS) {
    const { products } = await backend({ prefer: name });
    const computed = () => compute(name, matrices, work);
    contenders.push({
      name: `ours, tensors on ${name}, ${products}`,
      run: async () => (await computed()).time,
      numbers: async () => (await computed()).data,
    });
  }
  return contenders;
}

/** Does the work on a backend. */
async function compute<K extends string>(
  name: (typeof BACKENDS)[number],
  matrices: { readonly [N in K]: Matrix },
  work: (tensors: { readonly [N in K]: Tensor }) => Tensor,
): Promise<{ readonly time: number; readonly data: Float64Array }> {
  await backend({ prefer: name });
  const entries = Object.entries<Matrix>(matrices).map(([key, a]) => [key, toTensor(a)] as const);
  const made: Tensor[] = [];
  const time = await milliseconds(async () => {
    made.push(work(Object.fromEntries(entries) as { readonly [N in K]: Tensor }));
    await made[0].data();
  });
  const { data } = await toMatrix(made[0]);
  for (const tensor of [...entries.map(([, tensor]) => tensor), ...made]) tensor.dispose();
  return { time, data };
}
