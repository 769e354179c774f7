/**
 * Room that routines of LAPACK need beside their results, kept for the next call of the same shape:
 * to ask for its size and to fill it with zeros costs as much as a small decomposition.
 *
 * @module
 */

/** Numbers that are kept at most, 16 MB: beyond, their cost is lost in the cost of the call. */
const LIMIT = 2 ** 21;

/** Gives the room for a routine (by a letter) and a shape, made if it is not there. */
export type Rooms<R> = (job: string, rows: number, cols: number) => R;

/** Makes a store; `make` gives a room and the number of numbers in it. */
export function roomsBy<R>(
  make: (job: string, rows: number, cols: number) => readonly [room: R, size: number],
): Rooms<R> {
  const rooms = new Map<string, R>();
  let total = 0;
  return function roomOf(job: string, rows: number, cols: number): R {
    const key = `${job} ${rows} ${cols}`;
    const found = rooms.get(key);
    if (found !== undefined) return found;
    const [room, size] = make(job, rows, cols);
    if (size > LIMIT) return room;
    if (total + size > LIMIT) {
      rooms.clear();
      total = 0;
    }
    rooms.set(key, room);
    total += size;
    return room;
  };
}
