/**
 * What one process or worker knows of its backends.
 *
 * @module
 */
import type { BackendInfo, BackendName } from "./info.ts";
import type { Watch } from "./poison.ts";

/** A backend that has been made ready. */
export type Made = {
  readonly info: BackendInfo;
  /** What watches its device, where it has one. */
  readonly watch?: Watch;
};

/** Kept between choices. */
export type BackendState = {
  /** The backend in use. */
  current: BackendInfo | null;
  /** The backend that a worker was last heard to use. */
  ofWorkers: BackendInfo | null;
  /** What has been made ready so far. */
  readonly made: Map<BackendName, Made>;
  /** The choice on its way. */
  choosing: Promise<unknown>;
};

/**
 * The state of this process or worker. It hangs on a registered symbol as the library's own hangs on
 * the global scope, so that a module loaded twice still knows what is there.
 */
export function backendState(): BackendState {
  const scope = globalThis as { [key: symbol]: BackendState | undefined };
  return scope[Symbol.for("resolvent.backend")] ??= {
    current: null,
    ofWorkers: null,
    made: new Map(),
    choosing: Promise.resolve(),
  };
}

/** What computed with tensors: the backend of this process, else of its workers, else null. */
export function usedBackend(): BackendInfo | null {
  const { current, ofWorkers } = backendState();
  return current ?? ofWorkers;
}
