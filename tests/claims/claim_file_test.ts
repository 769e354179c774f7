import { assert, assertEquals, assertThrows } from "@std/assert";
import { claim } from "resolvent";
import { NOTEBOOKS } from "../../lib/claims/catalog.ts";
import { parseClaimFile } from "../../lib/claims/claim_file.ts";

const FOLDER = new URL("claims/", NOTEBOOKS);
const ONE = "spectral-updates-when.json";

Deno.test("parseClaimFile() reads every claim file, and each claim can be declared", () => {
  const names = [...Deno.readDirSync(FOLDER)].map(({ name }) => name);
  assert(names.length >= 12);
  const ids = names.flatMap((name) => {
    const { claims, ours } = parseClaimFile(name, Deno.readTextFileSync(new URL(name, FOLDER)));
    return [...claims, ...ours].map((fields) => {
      const declared = claim(fields);
      // what is decided in a profile has the number of seeds that its kind needs there
      const min = { forall: 1000, exists: 1, identity: 1 }[fields.estimand.kind as "forall"] ?? 8;
      assert(fields.n.full >= min, `${fields.id}: full`);
      assert(fields.profile === "full" || fields.n.quick >= min, `${fields.id}: quick`);
      return declared.id;
    });
  });
  assertEquals(new Set(ids).size, ids.length);
  assert(ids.length >= 174);
});

Deno.test("parseClaimFile() says which file, field and kind are wrong", () => {
  const text = Deno.readTextFileSync(new URL(ONE, FOLDER));
  // deno-lint-ignore no-explicit-any -- a file is broken on purpose
  function broken(breaking: (file: any) => void): string {
    const file = JSON.parse(text);
    breaking(file);
    return JSON.stringify(file);
  }
  assertThrows(
    () => parseClaimFile(ONE, text.slice(0, 100)),
    TypeError,
    `Cannot read the claim file ${ONE} as it must be JSON`,
  );
  assertThrows(
    () => parseClaimFile(ONE, broken((file) => delete file.claims[3].statement)),
    TypeError,
    "claims[3].statement: Invalid input: expected string",
  );
  assertThrows(
    () => parseClaimFile(ONE, broken((file) => file.claims[0].criteria = 1)),
    TypeError,
    'claims[0]: Unrecognized key: "criteria"',
  );
  assertThrows(
    () => parseClaimFile(ONE, broken((file) => file.ours[0].criterion = { atMost: "x" })),
    TypeError,
    "ours[0].criterion",
  );
  assertThrows(
    () => parseClaimFile(ONE, broken((file) => file.paper.slug = "other")),
    RangeError,
    "ids begin with the paper's slug: id is spectral-updates-when/decides-at-twice",
  );
});
