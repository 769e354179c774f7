/**
 * Where in the tree a file stands, whatever the tree itself is called.
 *
 * @module
 */

/** The path of a file from the last `lib`, `tests`, `examples` or `notebooks` on it. */
export function placeOf(filename: string): string {
  const path = filename.replaceAll("\\", "/");
  return path.match(/.*\/((?:lib|tests|examples|notebooks)\/.*)$/)?.[1] ?? "";
}
