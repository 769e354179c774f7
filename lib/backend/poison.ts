/**
 * Errors of a device, which TensorFlow.js hides, kept until they are thrown.
 *
 * @module
 */

/** Kinds of error that a scope catches; whatever none catches comes as an event. */
const FILTERS = ["internal", "out-of-memory", "validation"] as const;

/** Longest text of a device's error within ours, in characters. */
const LONGEST = 300;

/** What watches a device. */
export type Watch = {
  /** Runs an operation, and keeps the error if the device refuses it. */
  readonly guard: <T>(operation: string, run: () => T) => T;
  /** Hands the operations so far to the device, and keeps the error if it refuses them. */
  readonly submit: (run: () => void) => void;
  /** Keeps an error that came in another way. */
  readonly note: (said: string) => void;
  /** Throws if anything failed so far. */
  readonly check: (doing: string) => void;
  /** Waits until the device has told of everything that failed so far; tells whether anything did. */
  readonly isBroken: () => Promise<boolean>;
};

/** What failed first, and what the device said. */
type Fault = { readonly operation: string; readonly said: string };

/** Watches a device from now on: after its first failure nothing on it is to be trusted. */
export function watchDevice(device: GPUDevice): Watch {
  let fault: Fault | null = null;
  let last = "making the device";
  let told: Promise<unknown> = Promise.resolve();

  function note(operation: string, said: string): void {
    fault ??= { operation, said: said.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST) };
  }

  function check(doing: string): void {
    if (fault === null) return;
    throw new Error(
      `Cannot ${doing} as the device must run each operation: ${fault.operation} failed with ` +
        `"${fault.said}"; nothing on this device is to be trusted, so call ` +
        'await backend({ prefer: "webgpu" }) for a new one and make the tensors again',
    );
  }

  function scoped<T>(operation: string, run: () => T): T {
    for (const filter of FILTERS) device.pushErrorScope(filter);
    try {
      return run();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // the library's own refusal
      note(operation, error.message);
      check(`run ${operation}`);
      throw error;
    } finally {
      const scopes = FILTERS.map(() => device.popErrorScope());
      const before = told;
      told = Promise.allSettled(scopes).then(async (errors) => {
        await before; // the first to fail is the cause
        for (const error of errors) {
          if (error.status === "rejected") note(operation, String(error.reason));
          else if (error.value !== null) note(operation, error.value.message);
        }
      });
    }
  }

  function guard<T>(operation: string, run: () => T): T {
    return scoped(last = operation, run);
  }

  function submit(run: () => void): void {
    scoped(`${last}, or shortly before`, run);
  }

  async function isBroken(): Promise<boolean> {
    await told;
    // events come with a task of their own
    await new Promise((resolve) => setTimeout(resolve, 0));
    return fault !== null;
  }

  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault(); // it will be thrown
    note(last, (event as GPUUncapturedErrorEvent).error.message);
  });
  device.lost.then(({ message }) => note(last, `device loss: ${message}`));
  return { guard, submit, note: (said) => note(last, said), check, isBroken };
}
