/**
 * The adapter of WebGPU, looked for without loading anything.
 *
 * @module
 */

/** How to get a software adapter, in one line. */
export const ADAPTER_HINT = "a driver for Vulkan or Metal brings one; " +
  "in software on Debian: apt install mesa-vulkan-drivers";

/** The fastest adapter that Deno finds, or null. */
export async function findAdapter(): Promise<GPUAdapter | null> {
  return await withRuntimeFolder(async () =>
    await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" }) ?? null
  );
}

/** What an adapter says of itself, in one line. */
export function adapterName({ info }: GPUAdapter): string {
  const { description, vendor, architecture, device } = info;
  return description || [vendor, architecture, device].filter(Boolean).join(" ") || "unnamed";
}

/** Whether an adapter computes on the processor. */
export function isSoftware({ info }: GPUAdapter): boolean {
  return info.isFallbackAdapter;
}

/**
 * Runs with XDG_RUNTIME_DIR set: without it the search prints lines that look like errors, for a
 * window that nobody asked for.
 */
async function withRuntimeFolder<T>(run: () => Promise<T>): Promise<T> {
  const variable = "XDG_RUNTIME_DIR";
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (Deno.build.os !== "linux" || state !== "granted") return await run();
  const before = Deno.env.get(variable);
  if (before) return await run();
  Deno.env.set(variable, "/tmp");
  try {
    return await run();
  } finally {
    if (before === undefined) Deno.env.delete(variable);
    else Deno.env.set(variable, before);
  }
}
