/**
 * The output guard in Deno's kernel, in JupyterLab in a browser.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { jupyterRequirement } from "../support/requirements.ts";
import { Lab, labRequirement } from "./lab.ts";

const STOCK = { name: "deno", display_name: "Deno", language: "typescript" };

const RESULTS = 100;
const ROUNDS = 10;

const ignore = jupyterRequirement().ignore || labRequirement().ignore;

/** The configuration of this package for a notebook that lies elsewhere. */
async function configElsewhere(): Promise<string> {
  const url = new URL("../../deno.json", import.meta.url);
  const { imports } = JSON.parse(await Deno.readTextFile(url));
  const entries = Object.entries(imports as Record<string, string>);
  const absolute = entries.map((
    [name, target],
  ) => [name, target.startsWith("./") ? new URL(target, url).href : target]);
  return JSON.stringify({ imports: Object.fromEntries(absolute), nodeModulesDir: "none" });
}

Deno.test({
  name: `installGuard() in JupyterLab: ${ROUNDS} times Run All over ${RESULTS} results, none lost`,
  ignore,
  async fn(): Promise<void> {
    const results = Array.from({ length: RESULTS }, (_, i) => `${i} * 3`);
    const sources = ['import { show } from "resolvent/notebook";', ...results];
    await using lab = await Lab.start({ guarded: sources }, {
      kernelspec: STOCK,
      files: { "deno.json": await configElsewhere() },
    });
    const page = await lab.open("guarded");
    let lost = 0, misplaced = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await page.runAll();
      // what the models of the cells hold, not what of it the page draws
      const [first, ...outputs] = await page.outputs();
      assertEquals(first, []);
      outputs.forEach((lines, i) => {
        const isThere = lines.includes(`execute_result: ${i * 3}`);
        lost += Number(!isThere);
        misplaced += lines.length - Number(isThere);
      });
      assertEquals(outputs.length, RESULTS);
    }
    assertEquals({ lost, misplaced }, { lost: 0, misplaced: 0 });
  },
});
