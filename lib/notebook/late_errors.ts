/**
 * Errors that no cell waits for: of timers, and of promises that nobody awaited.
 *
 * @module
 */

/** Calls `report` for each error that would end the process, and keeps the process. */
export function catchLateErrors(report: (error: unknown) => void): void {
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    report(event.error);
  });
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report(event.reason);
  });
}
