/**
 * Cells that are streams, over the wire: how they end, and what their readers see of it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { KernelClient } from "./kernel_client.ts";
import { Page } from "./page.ts";

/** Waits until the kernel has told something of a cell, and shows what came until then. */
async function until(page: Page, cell: string, line: string): Promise<void> {
  while (!page.shown()[cell].includes(line)) await page.next();
}

for (const kind of ["function*", "async function*"]) {
  Deno.test(`${kind}: what throws after some values is the error of its cell, and stops readers`, async () => {
    await using kernel = await KernelClient.start();
    const page = new Page(kernel);
    const code = (end: string) =>
      `const n = (${kind} () {\n  yield 1;\n  yield 2;\n  ${end}\n})();\nn`;
    await page.run("stream", code("throw new RangeError('no third');"));
    await page.run("reader", "n * 10");
    await until(page, "stream", "error: RangeError: no third");
    await until(page, "reader", "error: Blocked: did not run as n of stream failed");
    assertEquals(page.shown(), {
      reader: ["error: Blocked: did not run as n of stream failed"],
      stream: ["display_data: 2", "error: RangeError: no third"],
    });
    // a stream that is mended, and one that ends: the last value stays
    await page.run("stream", code(""));
    await until(page, "reader", "execute_result: 20");
    assertEquals(page.shown(), { reader: ["execute_result: 20"], stream: ["display_data: 2"] });
    assertEquals(await page.values(["n"]), { n: "2" });
  });
}
