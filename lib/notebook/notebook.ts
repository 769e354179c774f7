/**
 * What a notebook imports beside the primitives: showing values, and opening the study of a paper.
 * Importing it in Deno's Jupyter kernel installs the output guard; elsewhere it has no effect.
 *
 * @module
 */
import { installGuard } from "./guard.ts";

export { cached, type CachedOptions } from "./cached.ts";
export {
  type ChosenFile,
  input,
  type InputOptions,
  type NotebookInputs,
  type NumberInputOptions,
  type RangeInputOptions,
  type SelectInputOptions,
  widget,
  type WidgetOptions,
} from "./inputs.ts";
export { type LiveCurve, liveCurve, type LiveCurveOptions } from "./live_curve.ts";
export { type Reactivity, setReactivity } from "./reactivity.ts";
export { show, type ShowOptions } from "./show.ts";
export { openStudy } from "./study.ts";
export type {
  Study,
  StudyDecideOptions,
  StudyOptions,
  StudyRecord,
  StudyRowOptions,
} from "./study_types.ts";
export type { Displayed, StudyRow } from "./study_tables.ts";
export type { Expectations, Expected } from "./expectations.ts";
export type { OutputSink } from "./sink.ts";

installGuard();
