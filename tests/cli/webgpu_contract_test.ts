/**
 * A paper that trains networks, decided on WebGPU: its claims have the statuses of any other backend.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { loadLedger } from "../../lib/claims/catalog.ts";
import { backendRequirement } from "../support/backends.ts";
import { command, inFolder } from "./command.ts";

const SLUG = "neural-tangent-kernel";

Deno.test({
  name: `reproduce ${SLUG} --backend webgpu gives the statuses of the ledger`,
  ...await backendRequirement("webgpu"),
  fn: () =>
    inFolder(async (out) => {
      const { code, stderr } = await command([
        "reproduce",
        SLUG,
        "--backend",
        "webgpu",
        "--out",
        out,
      ]);
      assertEquals([code, stderr], [0, ""]);
      const record = JSON.parse(await Deno.readTextFile(`${out}/record.json`));
      assertEquals([record.status, record.provenance.backend.name], ["complete", "webgpu"]);
      const { claims } = loadLedger();
      const verdicts = record.verdicts as readonly { id: string; status: string }[];
      const decided = verdicts.filter(({ status }) => status !== "not decided");
      assert(decided.length > 0, "it decides claims");
      for (const { id, status } of verdicts) {
        assertEquals(status, claims[id]?.verdicts.quick?.status ?? "not decided", id);
      }
      // what the ledger holds has been decided again
      const known = Object.entries(claims).filter(([id, { verdicts }]) =>
        id.startsWith(`${SLUG}/`) && verdicts.quick !== undefined
      );
      assertEquals(decided.map(({ id }) => id).sort(), known.map(([id]) => id).sort());
    }),
});
