/**
 * The back: how it is stopped, what is kept, and what it makes of imports.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { KernelClient, lineOf } from "./kernel_client.ts";

Deno.test("a back that ends by itself is told in its cell, and the front lives", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run("const x = 1", "a");
  for (const signal of ["SIGKILL", "SIGABRT"]) {
    const { reply } = await kernel.run(
      `Deno.kill(Deno.pid, "${signal}"); await new Promise(() => {})`,
      "b",
    );
    const lost = signal === "SIGKILL" ? "Lost: the values of x" : "No values were lost";
    assertStringIncludes(String(reply.evalue), `was replaced, as it ended by ${signal}. ${lost}`);
  }
  assertEquals((await kernel.run("x + 1", "c")).own, ["execute_result: 2"]);
  const exit = await kernel.run("Deno.exit(3)", "d");
  assertMatch(String(exit.reply.evalue), /^Cannot end the kernel from a cell/);
});

Deno.test("imports: packages, the import map beside the notebook, local modules that change", async () => {
  await using kernel = await KernelClient.start({
    files: {
      "deno.json": JSON.stringify({ imports: { "@mine/": "./", "deep": "./lib_outer.ts" } }),
      "lib_inner.ts": "export const inner: number = 1;",
      "lib_outer.ts":
        'import { inner } from "@mine/lib_inner.ts";\nexport const outer = inner * 10;',
    },
  });
  const first = await kernel.run(
    'import { outer } from "./lib_outer.ts";\nimport { join } from "node:path";\n' +
      'import * as deep from "deep";\nimport { rng } from "resolvent";\n' +
      "[outer, deep.outer, join('a', 'b'), typeof rng]",
    "a",
  );
  assertEquals(first.own, ['execute_result: [ 10, 10, "a/b", "function" ]']);
  await kernel.run("outer + 1", "b");
  // what is changed is imported by what a cell imports
  await Deno.writeTextFile(`${kernel.folder}/lib_inner.ts`, "export const inner: number = 7;");
  const lines: string[] = [];
  while (lines.at(-1) !== "b execute_result: 71") {
    const message = await kernel.broadcast();
    if (message.header.msg_type === "execute_result") {
      lines.push(`${kernel.cellOf(message)} ${lineOf(message)}`);
    }
  }
  assertEquals(lines, ['a execute_result: [ 70, 70, "a/b", "function" ]', "b execute_result: 71"]);
});

Deno.test("JSX is compiled as the configuration beside the notebook says", async () => {
  const element = "<p class='a'>{1 + 1}<b /></p>";
  const classic = { compilerOptions: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "All" } };
  await using made = await KernelClient.start({ files: { "deno.json": JSON.stringify(classic) } });
  // the factory is a name like any other: what uses it follows it
  await made.run("const h = (tag, props, ...inner) => [tag, props?.class, ...inner]; h", "h");
  await made.run("const All = 'all'", "all");
  const first = await made.run(`const n: number = 2; <>{n}${element}</>`, "element");
  assertEquals(first.own, [
    'execute_result: [ "all", undefined, 2, [ "p", "a", 2, [ "b", undefined ] ] ]',
  ]);
  const again = await made.run("const h = (tag) => tag", "h");
  assertEquals(again.others.at(-1), 'element execute_result: "all"');
  const automatic = {
    imports: { "mine/jsx-runtime": "./runtime.ts" },
    compilerOptions: { jsx: "react-jsx", jsxImportSource: "mine" },
  };
  const runtime =
    "const text = (tag: unknown, { children, ...rest }: Record<string, unknown>) =>\n" +
    "  `${String(tag)} ${JSON.stringify(rest)} ${[children].flat().join()}`;\n" +
    "export { text as jsx, text as jsxs };\nexport const Fragment = 'fragment';";
  await using imported = await KernelClient.start({
    files: { "deno.json": JSON.stringify(automatic), "runtime.ts": runtime },
  });
  assertEquals((await imported.run(`String(<>{1}${element}</>).split("\\n")`, "a")).own, [
    `execute_result: [ 'fragment {} 1,p {"class":"a"} 2,b {} ' ]`,
  ]);
});

Deno.test("a full memory is told in its cell, and the kernel lives on", async () => {
  // the limit is for the front too, which must not come near it
  await using kernel = await KernelClient.start({
    env: { DENO_V8_FLAGS: "--max-old-space-size=128" },
  });
  await kernel.run("const kept = [1]; console.log('ran')", "a");
  for (const again of [false, true]) {
    const id = await kernel.begin(
      "const all = [];\nfor (;;) all.push(new Array(1e5).fill(0.5))",
      "full",
    );
    const { content } = await kernel.next("shell");
    assertEquals([content.status, content.ename], ["error", "ProcessEnded"]);
    assertStringIncludes(String(content.evalue), "it had no memory left. Lost: the values of kept");
    const lines = (await kernel.untilIdle(id)).map(lineOf).filter((line) =>
      line.includes("Few GCs")
    );
    assertEquals(lines, [], "what V8 says of its end is not for readers");
    const after = await kernel.run("kept.length", "b");
    assertEquals([after.own, after.others.at(-1)], [
      ["execute_result: 1"],
      "a stdout: ran\n",
    ], `again: ${again}`);
  }
});

Deno.test("functions of cells go to workers and to the store of results as they are in a script", async () => {
  await using kernel = await KernelClient.start();
  await kernel.run(
    'import { onWorkers } from "resolvent";\nimport { cached } from "resolvent/notebook";',
    "import",
  );
  const sum = "(n: number) => { let s = 0; for (let i = 0; i <= n; i++) s += i; return s; }";
  const there = await kernel.run(`const total = await onWorkers(${sum})(100); total`, "workers");
  assertEquals(there.own, ["execute_result: 5050"]);
  const kept = `await cached("sum", 10, ${sum})`;
  assertEquals((await kernel.run(kept, "kept")).own, ["execute_result: 55"]);
  assertEquals([...Deno.readDirSync(`${kernel.folder}/.resolvent/results`)].length > 0, true);
  const rejected = await kernel.run("const p = Promise.reject(new TypeError('no')); p", "rejected");
  assertEquals([rejected.reply.status, rejected.reply.ename], ["error", "TypeError"]);
});
