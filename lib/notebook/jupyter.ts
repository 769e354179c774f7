/**
 * Deno's own side of Jupyter, where there is one.
 *
 * @module
 */

/** What the Deno kernel offers to cells. */
export type Jupyter = typeof Deno.jupyter;

/** Deno's side of Jupyter, or null outside of its kernel, where reading it throws. */
export function jupyter(): Jupyter | null {
  try {
    return Deno.jupyter;
  } catch {
    return null;
  }
}

/** The part of Deno's internals by which the kernel publishes the value of a cell. */
export type KernelInternals = {
  broadcastResult: (executionCount: number, result: unknown) => Promise<void>;
};

/** That part, or null in a release that does not have it under this name. */
export function kernelInternals(): KernelInternals | null {
  const { internal } = Deno as unknown as { internal: symbol };
  const internals = (Deno as unknown as Record<symbol, { jupyter?: KernelInternals }>)[internal];
  return typeof internals?.jupyter?.broadcastResult === "function" ? internals.jupyter : null;
}
