/**
 * Ways to break notebooks: types, verdicts, stored outputs, ledger and catalogue.
 *
 * @module
 */
import type { Breaks } from "./breaks.ts";

/** Breaks of the stages that read or run notebooks. */
export const NOTEBOOK_BREAKS: readonly Breaks[] = [];
