/**
 * The command line of Resolvent.
 *
 * @module
 */
import { Command, CommanderError } from "commander";
import { EXIT, isVerbose, reportFailure, UsageError } from "./failure.ts";

/** Options that commander has read. */
type Options = Readonly<Record<string, string | boolean | undefined>>;

/** A command that notes its exit code in `code`. */
type Code = { value: number };

/** What computes with tensors; said here in words, as nothing is loaded for a help text. */
const BACKEND_HELP = "what trains networks: webgpu, wasm or cpu (default: the fastest)";

function addReproduce(program: Command, code: Code): void {
  program.command("reproduce")
    .description("run a paper's notebook, print its verdicts, write notebook, figures and page")
    .argument("[slug]", "name of the paper, or path of a notebook")
    .option("--profile <profile>", "quick (the default) or full")
    .option("--seed <integer>", "root seed, instead of the notebook's own")
    .option("--backend <name>", BACKEND_HELP)
    .option("--out <folder>", "folder for what is written (default: out/<slug>)")
    .option("--list", "show the catalogue with the status of each paper")
    .action(async (slug: string | undefined, options: Options) => {
      if (options.list) code.value = (await import("./list_papers.ts")).listPapers();
      else if (slug === undefined) {
        throw new UsageError(
          "Cannot reproduce as the name of a paper must be given (--list shows them): there is none",
        );
      } else code.value = await (await import("./reproduce.ts")).reproduce(slug, options as never);
    });
}

function addOthers(program: Command, code: Code): void {
  program.command("list")
    .description("show the catalogue with the status of each paper")
    .action(async () => {
      code.value = (await import("./list_papers.ts")).listPapers();
    });
  program.command("execute")
    .description("run notebooks and store their outputs, the ledger and the catalogue")
    .argument("[slugs...]", "names of papers, or paths of notebooks (default: all)")
    .option("--profile <profile>", "quick (the default) or full, which only enters the ledger")
    .option("--backend <name>", BACKEND_HELP)
    .option("--check", "only look whether what is stored is current")
    .action(async (slugs: string[], options: Options) => {
      code.value = await (await import("./execute.ts")).execute(slugs, options as never);
    });
  program.command("check")
    .description("type-check and lint the cells of notebooks")
    .argument("[slugs...]", "names of papers, or paths of notebooks (default: all)")
    .action(async (slugs: string[]) => {
      code.value = await (await import("./check_cells.ts")).checkCells(slugs);
    });
  program.command("report")
    .description("write stored notebooks as pages, with an index")
    .argument("[slugs...]", "names of papers, or paths of notebooks (default: all)")
    .option("--out <folder>", "folder for the pages (default: out/report)")
    .action(async (slugs: string[], options: Options) => {
      code.value = await (await import("./write_report.ts")).report(slugs, options as never);
    });
  program.command("notebook")
    .description("start JupyterLab on the notebooks")
    .argument("[args...]", "arguments for JupyterLab, after --")
    .action(async (args: string[]) => {
      code.value = await (await import("./open_notebooks.ts")).openNotebooks(args);
    });
}

function addKernel(program: Command, code: Code): void {
  const kernel = program.command("kernel").description("the reactive kernel in Jupyter's list");
  const texts = { install: "put it in the list", uninstall: "take it from the list" } as const;
  for (const [name, text] of Object.entries(texts)) {
    kernel.command(name)
      .description(text)
      .option("--user", "for this user (the default)")
      .option("--prefix <folder>", "in an environment with this root")
      .option("--sys-prefix", "in the active Python environment")
      .option("--name <name>", "its name in Jupyter (default: resolvent)")
      .action(async (options: Options) => {
        const commands = await import("./kernel.ts");
        code.value = await commands[name as keyof typeof texts](options);
      });
  }
}

/** The program with its commands; none of them loads what it needs before it runs. */
function programOf(code: Code): Command {
  const program = new Command("resolvent");
  program.description("Experiments on the theory of deep learning that decide what a paper claims")
    .option("--verbose", "show the stack of an error")
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        // one line, a suggestion included
        const line = text.trimEnd().replaceAll("\n", " ");
        write(line.replace(/^error: /, "error: Cannot read the command line: ") + "\n");
      },
    });
  addReproduce(program, code);
  addOthers(program, code);
  addKernel(program, code);
  for (const command of program.commands) command.option("--verbose", "show the stack of an error");
  return program;
}

/** Runs the command line; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const code: Code = { value: EXIT.done };
  try {
    await programOf(code).parseAsync([...args], { from: "user" });
    return code.value;
  } catch (error) {
    // commander has printed what it has to say
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportFailure(error, isVerbose({ verbose: args.includes("--verbose") }));
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
