/** Three squares on workers, and the number of calls that a folder has seen. */
import { onWorkers } from "../../mod.ts";

const [folder] = Deno.args;
const square = onWorkers(async (x: number) => {
  await Deno.writeTextFile(`${folder}/calls`, "x", { append: true });
  return x * x;
}, { given: { folder } });
const squares = await Promise.all([1, 2, 3].map((x) => square(x)));
console.log(`${squares} after ${(await Deno.readTextFile(`${folder}/calls`)).length} calls`);
