/**
 * A script that shows its progress.
 *
 * @module
 */
import { progress } from "resolvent";

const count = progress({ total: 3, label: "widths" });
for (let i = 0; i < 3; i++) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  count.tick();
}
await new Promise((resolve) => setTimeout(resolve, 300));
await count.finish();
