import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  formatNotebook,
  type Notebook,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from "../../lib/notebook/ipynb.ts";
import { notebookOf } from "../support/notebooks.ts";

/** A notebook file as Jupyter writes it: keys sorted, texts by line. */
const FILE = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "c1",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\\n",
      "b"
     ]
    },
    {
     "data": {
      "application/json": {
       "k": [
        1
       ]
      },
      "text/html": [
       "<b>x</b>"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "const a = 1;\\n",
    "a;\\n"
   ]
  },
  {
   "cell_type": "markdown",
   "id": "c2",
   "metadata": {},
   "source": [
    "# Title\\n"
   ]
  },
  {
   "cell_type": "raw",
   "id": "c3",
   "metadata": {},
   "source": []
  }
 ],
 "metadata": {
  "language_info": {
   "name": "typescript"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

/** A notebook file with its fields changed. */
function changed(change: (file: Record<string, unknown>, cell: Record<string, unknown>) => void) {
  const file = JSON.parse(FILE);
  change(file, file.cells[0]);
  return JSON.stringify(file);
}

Deno.test("parseNotebook() joins the lines of texts, and formatNotebook() splits them again", () => {
  const notebook = parseNotebook(FILE, "a.ipynb");
  assertEquals(notebook.cells[0].source, "const a = 1;\na;\n");
  assertEquals(formatNotebook(notebook), FILE);
});

Deno.test("formatNotebook() does not depend on the order of keys", () => {
  const { cells, ...rest } = notebookOf(["1"]);
  const other = { ...rest, cells } as Notebook;
  assertEquals(formatNotebook(other), formatNotebook(notebookOf(["1"])));
});

Deno.test("formatNotebook() writes what `deno fmt --check` accepts, if the cells are formatted", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const sources = ["const a = 1;\na;", "# Title\n\nText.", ""];
    for (const [name, last] of [["good", "b();"], ["bad", "b( );"]] as const) {
      const metadata = { language_info: { name: "typescript" } };
      const notebook = { ...notebookOf([...sources, last]), metadata };
      await Deno.writeTextFile(`${folder}/${name}.ipynb`, formatNotebook(notebook));
      const { success } = await new Deno.Command(Deno.execPath(), {
        args: ["fmt", "--check", `${folder}/${name}.ipynb`],
      }).output();
      assertEquals(success, name === "good");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const REFUSED: readonly (readonly [string, string, string])[] = [
  ["no JSON", "cells: []", "the file must hold JSON"],
  ["a list", "[]", "the file: expected object, received array"],
  ["no cells", changed((file) => delete file.cells), "cells: expected array, received undefined"],
  ["an empty list of cells", changed((file) => file.cells = []), "cells: expected at least one"],
  [
    "an old version",
    changed((file) => file.nbformat_minor = 4),
    "nbformat must be 4.5 or a later 4.x (open and save it in JupyterLab to convert it): it is 4.4",
  ],
  ["another version", changed((file) => file.nbformat = 3), "it is 3.5"],
  ["a cell without id", changed((_, cell) => delete cell.id), "cells[0].id: expected string"],
  ["a bad id", changed((_, cell) => cell.id = "a b"), "cells[0].id: expected 1 to 64 of a-z"],
  [
    "one id twice",
    changed((_, cell) => cell.id = "c2"),
    'ids of cells must differ in bad.ipynb: cells 1 and 2 are both "c2"',
  ],
  ["a cell without outputs", changed((_, cell) => delete cell.outputs), "cells[0].outputs"],
  ["an unknown kind of cell", changed((_, cell) => cell.cell_type = "heading"), "cells[0]"],
  ["a source that is no text", changed((_, cell) => cell.source = 3), "cells[0].source"],
];

for (const [what, text, message] of REFUSED) {
  Deno.test(`parseNotebook() refuses ${what}`, () => {
    const error = assertThrows(() => parseNotebook(text, "bad.ipynb"), TypeError, message);
    assert(error.message.startsWith("Cannot read a notebook as "), error.message);
    assert(error.message.includes("bad.ipynb"), error.message);
  });
}

Deno.test("readNotebook() says which file it cannot read", async () => {
  await assertRejects(
    () => readNotebook("none.ipynb"),
    Error,
    "Cannot read a notebook as the file must be readable: none.ipynb",
  );
});

Deno.test("writeNotebook() writes what readNotebook() reads", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeNotebook(`${folder}/a.ipynb`, parseNotebook(FILE, "a.ipynb"));
    assertEquals(await readNotebook(`${folder}/a.ipynb`), parseNotebook(FILE, "a.ipynb"));
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    assertEquals(names, ["a.ipynb"], "no temporary file is left");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
