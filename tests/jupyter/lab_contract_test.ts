/**
 * The kernel in JupyterLab in a browser, as a reader uses it.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { Lab, labRequirement } from "./lab.ts";
import { runningWith } from "./processes.ts";

const SLIDER = [
  'import { input } from "resolvent/notebook";',
  'const k = input.range({ min: 0, max: 100, step: 1, value: 40, label: "k" });',
  "const square = k ** 2;",
  "Deno.jupyter.html`<svg width='300' height='40'><text y='20'>square ${square}</text></svg>`",
  "console.log('k is', k)",
];

const OWN = [
  'import { widget } from "resolvent/notebook";',
  "const esm = `export default { render({ model, el }) {\n" +
  '  const button = document.createElement("button");\n' +
  '  button.textContent = "more";\n' +
  '  button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); };\n' +
  "  el.append(button);\n} }`;\nconst { count } = widget({ esm, state: { count: 0 } });",
  "console.log('clicked', count)",
];

const CHAIN = [
  "const x = 2",
  "const y = x * 10",
  "const z = y + 1; z",
  "let n = 0; while (z > 1000) n++;",
];

Deno.test({
  name: "JupyterLab: run all, move a slider, edit, interrupt, restart, reload, second tab, kill",
  ...labRequirement(),
  async fn(t): Promise<void> {
    const results = Array.from({ length: 100 }, (_, i) => `${i} * 3`);
    await using lab = await Lab.start({ slider: SLIDER, chain: CHAIN, own: OWN, results });

    await t.step("100 results by Run All, twice: none is lost, none misplaced", async () => {
      const page = await lab.open("results");
      for (let i = 0; i < 2; i++) {
        await page.runAll();
        const expected = results.map((_, i) => [`execute_result: ${i * 3}`]);
        assertEquals(await page.outputs(), expected);
      }
      await page.page.close();
    });

    await t.step(
      "a moved slider moves a plot in another cell, and goes on doing so after a reload",
      async () => {
        const page = await lab.open("slider");
        await page.runAll();
        await page.sees(3, "square 1600");
        await page.drag(0, 60);
        const moved = await page.seen(4);
        assertMatch(moved, /^k is \d+$/);
        const k = Number(moved.split(" ").at(-1));
        assertEquals(k > 40, true);
        await page.sees(3, `square ${k ** 2}`);
        await page.command("docmanager:save");
        await page.rest();
        await page.load();
        await page.sees(3, `square ${k ** 2}`);
        await page.drag(0, -40);
        const again = Number((await page.seen(4)).split(" ").at(-1));
        assertEquals(again < k, true);
        await page.sees(3, `square ${again ** 2}`);
        const second = await lab.open("slider");
        await second.sees(3, `square ${again ** 2}`);
        await page.drag(0, 30);
        const last = Number((await page.seen(4)).split(" ").at(-1));
        await second.sees(3, `square ${last ** 2}`);
        await second.sees(4, `k is ${last}`);
        await second.page.close();
        await page.page.close();
      },
    );

    await t.step("a widget of one's own moves its readers", async () => {
      const page = await lab.open("own");
      await page.runAll();
      await page.sees(2, "clicked 0");
      for (let i = 0; i < 3; i++) await page.page.getByText("more", { exact: true }).click();
      await page.sees(2, "clicked 3");
      await page.page.close();
    });

    await t.step("an edited cell is followed; a busy loop is stopped and values stay", async () => {
      const page = await lab.open("chain");
      await page.runAll();
      assertEquals((await page.outputs())[2], ["execute_result: 21"]);
      await page.edit(0, "const x = 5");
      await page.rest();
      assertEquals((await page.outputs())[2], ["execute_result: 51"]);
      await page.edit(0, "const x = 101"); // the last cell is now a loop without end
      await page.sees(2, "1011");
      await page.page.waitForTimeout(300);
      await page.command("notebook:interrupt-kernel");
      await page.sees(3, "Interrupted");
      await page.edit(2, "const z = y + 2; z");
      await page.sees(2, "1012");
      await page.page.waitForTimeout(300);
      await page.command("notebook:interrupt-kernel");
      await page.sees(3, "Interrupted");
      await page.edit(0, "const x = 1");
      await page.rest();
      assertEquals((await page.outputs())[3], []);
      await page.page.close();
    });

    await t.step("a restart begins anew; a kernel that is killed is started again", async () => {
      const page = await lab.open("chain");
      await page.runAll();
      await page.command("notebook:restart-kernel");
      await page.page.locator(".jp-Dialog button.jp-mod-warn").click();
      await page.rest();
      await page.edit(2, "const z = y + 3; z");
      await page.sees(2, "y is not defined");
      const pids = runningWith(`jupyter/main.ts ${lab.folder}`);
      for (const pid of pids) Deno.kill(pid, "SIGKILL");
      const dialog = page.page.locator(".jp-Dialog button.jp-mod-accept").first();
      await dialog.click({ timeout: 20_000 });
      await page.rest();
      await page.runAll();
      assertEquals((await page.outputs())[2], ["execute_result: 23"]);
      await page.page.close();
    });
  },
});
