import { assert } from "@std/assert";

const FOLDER = new URL("../examples/", import.meta.url);

/** Examples are read top to bottom; a longer one is two. */
const LINES = 120;

/** Calls a function and returns what it writes to the console. */
async function captured(run: () => unknown): Promise<string> {
  const lines: string[] = [];
  const { log, table } = console;
  console.log = (...parts: unknown[]) => void lines.push(parts.map(String).join(" "));
  // console.table writes through the console's own printer; what it was given is enough here.
  console.table = (rows: unknown) => void lines.push(...Object.values(rows as object).map(String));
  try {
    await run();
  } finally {
    Object.assign(console, { log, table });
  }
  return lines.join("\n");
}

for (const { name } of [...Deno.readDirSync(FOLDER)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!name.endsWith(".ts")) continue;

  Deno.test(`examples/${name} prints a table at its defaults`, async () => {
    const source = await Deno.readTextFile(new URL(name, FOLDER));
    assert(source.split("\n").length <= LINES, `${name} is longer than ${LINES} lines`);
    const { main } = await import(new URL(name, FOLDER).href) as { main: () => unknown };
    const rows = (await captured(main)).split("\n").filter((row) => row.trim() !== "");
    assert(rows.length >= 3, `${name} printed ${rows.length} rows:\n${rows.join("\n")}`);
  });
}
