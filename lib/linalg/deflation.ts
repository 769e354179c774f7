/**
 * Where the entries beside a diagonal are small enough to be zero: the part of an implicit QR
 * iteration that bidiagonal and tridiagonal matrices share.
 *
 * @module
 */

/** Unit roundoff. */
export const EPSILON = Number.EPSILON / 2;

/** The largest size of an entry, on the diagonal `d` or beside it. */
export function largestSize(d: Float64Array, e: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < d.length; i++) largest = Math.max(largest, Math.abs(d[i]));
  for (let i = 0; i + 1 < d.length; i++) largest = Math.max(largest, Math.abs(e[i]));
  return largest;
}

/**
 * First index of the unreduced block that ends at `hi`; the entry before it, too small to matter
 * beside its neighbours or beside the `largest` of all, is set to zero.
 */
export function blockStart(d: Float64Array, e: Float64Array, hi: number, largest: number): number {
  const negligible = EPSILON * largest / 8;
  for (let lo = hi; lo > 0; lo--) {
    const size = Math.abs(e[lo - 1]);
    if (size <= EPSILON * (Math.abs(d[lo - 1]) + Math.abs(d[lo])) || size <= negligible) {
      e[lo - 1] = 0;
      return lo;
    }
  }
  return 0;
}
