/**
 * numpy as a peer.
 *
 * @module
 */
import { openPython, type PythonPeer } from "./python_peer.ts";

/** A matrix `a` of standard normal numbers. */
const SETUP = `
from numpy import linalg, random
a = random.default_rng(1).standard_normal((int(sys.argv[1]), int(sys.argv[1])))
`;

/** Starts numpy on a matrix `a` of `side` rows and columns; null where Python does not have it. */
export function openNumpy(side: number): Promise<PythonPeer | null> {
  return openPython(SETUP, [String(side)]);
}
