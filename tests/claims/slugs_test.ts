import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { closestSlugs, editDistance, suggestion } from "../../lib/claims/slugs.ts";

Deno.test("editDistance() gives Levenshtein's numbers and is a metric", () => {
  assertEquals(editDistance("kitten", "sitting"), 3);
  assertEquals([editDistance("", "abc"), editDistance("abc", "abc")], [3, 0]);
  const text = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      assertEquals(editDistance(a, b), editDistance(b, a));
      assertEquals(editDistance(a, b) === 0, a === b);
      assertEquals(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c), true);
    }),
    { seed: 1 },
  );
});

Deno.test("closestSlugs() finds misspelt and shortened names, and nothing for others", () => {
  const slugs = ["spectral-updates-when", "spectral-clipping-training", "more-is-better-rf"];
  assertEquals(closestSlugs("spectral-update-when", slugs)[0], "spectral-updates-when");
  assertEquals(closestSlugs("clipping", slugs), ["spectral-clipping-training"]);
  assertEquals(closestSlugs("Spectral-Updates-When", slugs)[0], "spectral-updates-when");
  assertEquals(closestSlugs("zzz", slugs), []);
  assertEquals(suggestion("more-is-beter-rf", slugs), ", close to more-is-better-rf");
  assertEquals(suggestion("zzz", slugs), "");
});
