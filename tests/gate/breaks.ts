/**
 * Ways to break the tree: for each stage, changes that it must see, and what it must say of them.
 *
 * @module
 */

/** One way to break a tree. */
export type Break = {
  /** What is broken. */
  readonly name: string;
  /** What becomes of files, by path; a file that is not there has the text "". */
  readonly changes: Readonly<Record<string, (before: string) => string>>;
  /** What the stage must say. */
  readonly says: RegExp;
};

/** The ways to break what one stage checks. */
export type Breaks = {
  /** Name of the stage. */
  readonly stage: string;
  /** Files of the copy; all when left out. */
  readonly keep?: (path: string) => boolean;
  /** Prepares the copy, which the stage must then still pass. */
  readonly prepare?: (root: string) => Promise<void>;
  /** What is broken, one after the other. */
  readonly breaks: readonly Break[];
};
