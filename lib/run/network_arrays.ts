/**
 * Parameters and states of a network on both sides of the crossing.
 *
 * @module
 */
import { toMatrix, toTensor } from "../backend/crossing.ts";
import { isTensor, type Tensor, type Tensor2D } from "../backend/tf.ts";
import { isMatrix, type Matrix } from "../matrix.ts";

/** Parameters by name, as a model's `init` draws them. */
export type NetworkParams = Readonly<Record<string, Matrix>>;

/** The same parameters as tensors. */
export type TensorsOf<P> = { readonly [K in keyof P]: Tensor2D };

/** A state of an optimizer as plain data, which can be stored and cloned. */
export type StateData =
  | Matrix
  | number
  | string
  | boolean
  | null
  | readonly StateData[]
  | { readonly [key: string]: StateData };

/** The same with tensors in place of matrices. */
export type StateTensors =
  | Tensor
  | number
  | string
  | boolean
  | null
  | readonly StateTensors[]
  | { readonly [key: string]: StateTensors };

/** Makes a tensor of each matrix. */
export function tensorsOf(data: StateData): StateTensors {
  if (isMatrix(data)) return toTensor(data);
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(tensorsOf);
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, tensorsOf(item)]));
}

/** Reads each tensor. */
export async function matricesOf(value: StateTensors): Promise<StateData> {
  if (isTensor(value)) return await toMatrix(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return await Promise.all(value.map(matricesOf));
  const entries = Object.entries(value).map(async ([key, item]) => [key, await matricesOf(item)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** The tensors of values. */
export function tensorsIn(...values: readonly unknown[]): readonly Tensor[] {
  return values.flatMap((value) => {
    if (isTensor(value)) return [value];
    return typeof value === "object" && value !== null ? tensorsIn(...Object.values(value)) : [];
  });
}

/** Disposes the tensors of a value, but not those that others still hold. */
export function release(value: unknown, ...held: readonly unknown[]): void {
  const kept = new Set(tensorsIn(...held));
  for (const tensor of tensorsIn(value)) if (!kept.has(tensor)) tensor.dispose();
}
