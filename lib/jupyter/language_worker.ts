/**
 * The language's thread: what an editor asks may take long, and must not hold the front up.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import { Language } from "./language.ts";
import type { ImportSettings } from "./language_files.ts";
import type { LanguageAnswer, LanguageQuestion } from "./language_thread.ts";

const opened = Language.open(workerData as ImportSettings);

/** Asks the language. */
function ask(language: Language, question: LanguageQuestion): unknown {
  switch (question.ask) {
    case "remember":
      return language.remember(question.cell, question.code);
    case "forget":
      return language.forget(question.cell);
    case "complete":
      return language.complete(question.code, question.cursor, question.cell);
    case "inspect":
      return language.inspect(question.code, question.cursor, question.cell);
    case "completeness":
      return language.completeness(question.code);
  }
}

parentPort!.on("message", async (question: LanguageQuestion) => {
  let answer: LanguageAnswer;
  try {
    answer = { id: question.id, value: ask(await opened, question) };
  } catch (error) {
    answer = { id: question.id, error: String(error) };
  }
  parentPort!.postMessage(answer);
});
