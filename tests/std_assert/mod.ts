/**
 * The part of `@std/assert` that this project uses, over `node:assert/strict`, so that a checkout
 * needs nothing from the JSR registry.
 *
 * @module
 */
import nodeAssert from "node:assert/strict";

/** Any class whose instances are errors. */
// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Throws unless `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  nodeAssert.ok(condition, message as string);
}

/** Throws unless `actual` and `expected` are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.deepEqual(actual, expected, message as string);
}

/** Throws if `actual` and `expected` are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.notDeepEqual(actual, expected, message as string);
}

/** Throws unless the two are the same value. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): void {
  nodeAssert.equal(actual, expected, message as string);
}

/** Throws unless `|actual - expected| <= tolerance` (default 1e-7 of the expected value). */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  const limit = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= limit) return;
  nodeAssert.fail(message ?? `expected ${actual} to be within ${limit} of ${expected}`);
}

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual > expected, message ?? `expected ${actual} > ${expected}`);
}

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual >= expected, message ?? `expected ${actual} >= ${expected}`);
}

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual < expected, message ?? `expected ${actual} < ${expected}`);
}

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual <= expected, message ?? `expected ${actual} <= ${expected}`);
}

/** Throws unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  nodeAssert.ok(
    actual.includes(expected),
    message ?? `expected ${JSON.stringify(actual)} to include ${JSON.stringify(expected)}`,
  );
}

/** Throws unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.match(actual, expected, message as string);
}

/** Throws if `actual` is null or undefined. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  nodeAssert.ok(actual !== null && actual !== undefined, message ?? "expected a value");
}

/** Checks class and text of an error that was caught, and returns it. */
function checked<E extends Error>(error: unknown, kind?: ErrorClass<E>, text?: string): E {
  if (kind) nodeAssert.ok(error instanceof kind, `expected ${kind.name}, got ${String(error)}`);
  if (text !== undefined) assertStringIncludes((error as Error).message, text);
  return error as E;
}

/** Throws unless `fn` throws; checks class and text of the error, and returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  kind?: ErrorClass<E>,
  text?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checked(error, kind, text);
  }
  nodeAssert.fail("expected function to throw");
}

/** Throws unless the promise of `fn` rejects; checks class and text of the error, and returns it. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  kind?: ErrorClass<E>,
  text?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checked(error, kind, text);
  }
  nodeAssert.fail("expected promise to reject");
}
