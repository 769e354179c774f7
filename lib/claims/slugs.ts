/**
 * Names that a reader may have meant.
 *
 * @module
 */

/** At most `count` of `slugs`, the closest to `wanted` first; none that shares too little with it. */
export function closestSlugs(
  wanted: string,
  slugs: readonly string[],
  count = 3,
): readonly string[] {
  const asked = wanted.toLowerCase();
  return slugs.map((slug) => ({ slug, distance: likeness(asked, slug.toLowerCase()) }))
    .filter(({ slug, distance }) =>
      distance <= Math.max(2, Math.max(asked.length, slug.length) / 2)
    )
    .sort((a, b) => a.distance - b.distance || (a.slug < b.slug ? -1 : 1))
    .slice(0, count).map(({ slug }) => slug);
}

/** Edit distance; a name that contains the other counts half of what is missing. */
function likeness(asked: string, slug: string): number {
  const contained = asked.length >= 3 && (slug.includes(asked) || asked.includes(slug));
  return contained ? Math.abs(slug.length - asked.length) / 4 : editDistance(asked, slug);
}

/** Number of insertions, deletions and replacements that turn one text into the other (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

/** The end of an error about an unknown name: "; did you mean ...?", or nothing. */
export function suggestion(wanted: string, slugs: readonly string[]): string {
  const close = closestSlugs(wanted, slugs);
  return close.length === 0 ? "" : `, close to ${close.join(", ")}`;
}
