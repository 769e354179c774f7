/**
 * A script that uses workers and does not close them.
 *
 * @module
 */
import { onWorkers } from "resolvent";

const twice = onWorkers((x: number) => 2 * x);
console.log((await Promise.all([twice(1), twice(2)])).join(" "));
