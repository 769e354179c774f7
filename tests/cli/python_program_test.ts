import { assertEquals } from "@std/assert";
import { pythonProgram } from "../../lib/cli/python_program.ts";

/** Runs with environment variables set, and sets them back. */
function withVariables(variables: Readonly<Record<string, string>>, run: () => void): void {
  const names = ["VIRTUAL_ENV", "CONDA_PREFIX"];
  const before = names.map((name) => Deno.env.get(name));
  try {
    for (const name of names) Deno.env.delete(name);
    for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
    run();
  } finally {
    names.forEach((name, i) => {
      const value = before[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    });
  }
}

Deno.test("pythonProgram() takes the program of the active environment, else the bare name", () => {
  const root = Deno.makeTempDirSync();
  const empty = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(`${root}/bin`);
    Deno.writeTextFileSync(`${root}/bin/jupyter`, "");
    withVariables({ VIRTUAL_ENV: root }, () => {
      assertEquals(pythonProgram("jupyter"), `${root}/bin/jupyter`);
      assertEquals(pythonProgram("python3"), "python3");
    });
    withVariables({ VIRTUAL_ENV: empty, CONDA_PREFIX: root }, () => {
      assertEquals(pythonProgram("jupyter"), `${root}/bin/jupyter`);
    });
    withVariables({}, () => assertEquals(pythonProgram("jupyter"), "jupyter"));
  } finally {
    for (const folder of [root, empty]) Deno.removeSync(folder, { recursive: true });
  }
});
