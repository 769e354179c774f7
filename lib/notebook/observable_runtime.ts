/**
 * The few types of Observable's runtime that the dataflow needs, and its loading.
 *
 * @module
 */

/** A variable of the runtime. */
export type RuntimeVariable = {
  define(
    name: string,
    inputs: readonly string[],
    definition: (...values: never[]) => unknown,
  ): RuntimeVariable;
  delete(): void;
};

/** A module of the runtime. */
export type RuntimeModule = {
  variable(observer: object): RuntimeVariable;
  /** The value of a variable, once nothing that it needs is being computed. */
  value(name: string): Promise<unknown>;
};

/** The runtime: computes variables in the order of their inputs. */
export type ObservableRuntime = { module(): RuntimeModule; dispose(): void };

/** Loads the runtime, once it is needed. */
export async function loadRuntime(): Promise<new () => ObservableRuntime> {
  const { Runtime } = await import("observable-runtime") as unknown as {
    Runtime: new () => ObservableRuntime;
  };
  return Runtime;
}

/** What `next` gives after a pause, or, where the variable is computed anew before, what there is. */
export async function unlessInvalid<T>(
  pause: Promise<void>,
  invalidation: Promise<void>,
  present: T,
  next: () => T | Promise<T>,
): Promise<T> {
  const isValid = await Promise.race([pause.then(() => true), invalidation.then(() => false)]);
  return isValid ? await next() : present;
}
