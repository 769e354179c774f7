/**
 * Which kernel of the library is running, so that an error can name it.
 *
 * @module
 */
import type { Tf } from "./tf.ts";

/** The kernel that is running, and the backends whose kernels tell. */
const state: { kernel: string | null; readonly named: Set<string> } = {
  kernel: null,
  named: new Set(),
};

/** The kernel that is running, by the library's name for it; null outside of any. */
export function runningKernel(): string | null {
  return state.kernel;
}

/** Has the kernels of a backend tell when they run; once, before the backend starts. */
export function nameKernels(tf: Tf, backendName: string): void {
  if (state.named.has(backendName)) return;
  state.named.add(backendName);
  for (const config of tf.getKernelsForBackend(backendName)) {
    tf.unregisterKernel(config.kernelName, backendName);
    tf.registerKernel({
      ...config,
      kernelFunc: (args) => {
        const outer = state.kernel;
        state.kernel ??= config.kernelName; // a kernel may call others: the first is what was asked for
        try {
          return config.kernelFunc(args);
        } finally {
          state.kernel = outer;
        }
      },
    });
  }
}
