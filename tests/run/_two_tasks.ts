/**
 * A script that uses workers, gives up one call, and does not close them.
 *
 * @module
 */
import { onWorkers } from "resolvent";

const twice = onWorkers((x: number) => 2 * x);
console.log((await Promise.all([twice(1), twice(2)])).join(" "));

const control = new AbortController();
const endless = onWorkers(() => {
  while (true);
}, { signal: control.signal });
const given = endless().catch((error) => error.message);
setTimeout(() => control.abort(new Error("given up")), 100);
console.log(await given);
