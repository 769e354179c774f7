/**
 * JupyterLab in Chromium: a server with notebooks of ours, and a page that shows one.
 *
 * @module
 */
import { type Browser, chromium, type Page } from "playwright-core";
import { pythonProgram } from "../../lib/cli/python_program.ts";
import { formatNotebook } from "../../lib/notebook/ipynb.ts";
import { fromFileUrl, notebookOf } from "../support/notebooks.ts";
import { requirement, succeeds } from "../support/requirements.ts";

const MAIN = fromFileUrl(new URL("../../lib/jupyter/main.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));
const CHROMIUM = Deno.env.get("RESOLVENT_CHROMIUM") ?? "/usr/bin/chromium";

/** JupyterLab with its widgets, and Chromium. */
export function labRequirement(): { readonly ignore: boolean } {
  return requirement(
    "JupyterLab in a browser",
    () =>
      succeeds(pythonProgram("python3"), [
        "-c",
        "import jupyterlab, jupyterlab_widgets, anywidget",
      ]) &&
      succeeds(CHROMIUM, ["--version"]),
    "python3 -m pip install jupyterlab jupyterlab_widgets anywidget && sudo apt-get install chromium",
  );
}

/** A folder for JUPYTER_PATH with this kernel under the name `resolvent`. */
export async function writeKernelspec(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/kernels/resolvent`, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/kernels/resolvent/kernel.json`,
    JSON.stringify({
      argv: [
        Deno.execPath(),
        ...["run", "-A", "--quiet", "--no-check", "--config", CONFIG],
        MAIN,
        "{connection_file}",
      ],
      display_name: "Resolvent",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { supported_encryption: "curve" },
    }),
  );
}

/** This kernel, as a notebook names it. */
const OWN = { name: "resolvent", display_name: "Resolvent", language: "typescript" };

/** A server and a browser. */
export class Lab implements AsyncDisposable {
  readonly folder: string;
  readonly #server: Deno.ChildProcess;
  readonly #browser: Browser;
  readonly #address: string;

  private constructor(
    folder: string,
    server: Deno.ChildProcess,
    browser: Browser,
    address: string,
  ) {
    this.folder = folder;
    this.#server = server;
    this.#browser = browser;
    this.#address = address;
  }

  /** Starts both; notebooks lie in the server's folder by their names, beside other files. */
  static async start(
    notebooks: Readonly<Record<string, readonly string[]>>,
    { kernelspec = OWN, files = {} }: {
      readonly kernelspec?: typeof OWN;
      readonly files?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Lab> {
    const folder = await Deno.makeTempDir();
    await writeKernelspec(`${folder}/share`);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    for (const [name, sources] of Object.entries(notebooks)) {
      const notebook = notebookOf(sources, name);
      const metadata = { ...notebook.metadata, kernelspec };
      await Deno.writeTextFile(
        `${folder}/${name}.ipynb`,
        formatNotebook({ ...notebook, metadata }),
      );
    }
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr as Deno.NetAddr;
    listener.close();
    const server = new Deno.Command(pythonProgram("jupyter"), {
      args: [
        "lab",
        "--no-browser",
        "--allow-root",
        `--port=${port}`,
        "--ServerApp.token=",
        "--ServerApp.password=",
        "--LabApp.expose_app_in_browser=True",
        `--ServerApp.root_dir=${folder}`,
      ],
      env: {
        JUPYTER_PATH: `${folder}/share`,
        JUPYTER_CONFIG_DIR: `${folder}/config`,
        JUPYTER_RUNTIME_DIR: `${folder}/run`,
        XDG_STATE_HOME: `${folder}/state`,
      },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    return new Lab(folder, server, browser, `http://127.0.0.1:${port}`);
  }

  /** Opens a notebook in a page of its own and waits until its kernel is ready. */
  async open(name: string): Promise<LabPage> {
    const page = await this.#browser.newPage({ viewport: { width: 1200, height: 1000 } });
    const lab = new LabPage(page, `${this.#address}/lab/tree/${name}.ipynb?reset`);
    await lab.load();
    return lab;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.#server.kill("SIGTERM");
    await this.#server.status;
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The application's own objects, as far as they are used in the page. */
type App = {
  readonly commands: { execute(name: string): Promise<unknown> };
  readonly shell: {
    readonly currentWidget: {
      readonly model: { readonly cells: Iterable<LabCell> };
      readonly sessionContext: {
        readonly isReady: boolean;
        readonly session: {
          readonly kernel: { readonly info?: unknown; readonly status: string };
        };
      };
    };
  };
};
type LabCell = {
  readonly type: string;
  readonly executionCount: number | null;
  readonly executionState: string;
  readonly sharedModel: {
    getOutputs(): readonly Record<string, unknown>[];
    setSource(text: string): void;
  };
};

/** A page that shows a notebook. */
export class LabPage {
  readonly page: Page;
  readonly #address: string;

  /** Takes a page over. */
  constructor(page: Page, address: string) {
    this.page = page;
    this.#address = address;
  }

  /** Loads the notebook, the first time or again. */
  async load(): Promise<void> {
    for (let left = 100;; left--) {
      try {
        await this.page.goto(this.#address);
        break;
      } catch (error) {
        if (left === 0) throw error; // the server is about to start
        await this.page.waitForTimeout(200);
      }
    }
    await this.page.waitForSelector(".jp-Notebook", { timeout: 60_000 });
    await this.#until((app) => {
      const { sessionContext } = app.shell.currentWidget ?? {};
      return Boolean(sessionContext?.isReady && sessionContext.session?.kernel?.info);
    });
  }

  /** Begins a command of the application; one that runs cells ends with them. */
  async command(name: string): Promise<void> {
    await this.page.evaluate((name) => {
      void (globalThis as unknown as { jupyterapp: App }).jupyterapp.commands.execute(name);
    }, name);
  }

  /** Runs all cells and waits until they have run. */
  async runAll(): Promise<void> {
    await this.command("notebook:run-all-cells");
    await this.page.waitForTimeout(300);
    await this.#until((app) =>
      [...app.shell.currentWidget.model.cells].every(({ executionCount, executionState }) =>
        executionCount !== null && executionState === "idle"
      )
    );
    await this.rest();
  }

  /** Gives a cell another source, and runs it alone. */
  async edit(cell: number, source: string): Promise<void> {
    await this.page.evaluate(([cell, source]) => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: App };
      const cells = [...jupyterapp.shell.currentWidget.model.cells];
      cells[cell as number].sharedModel.setSource(source as string);
    }, [cell, source] as const);
    await this.select(cell);
    await this.command("notebook:run-cell");
  }

  /** Makes a cell the active one. */
  async select(cell: number): Promise<void> {
    await this.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-InputPrompt").click();
  }

  /** Waits until the kernel has been idle for a moment. */
  async rest(): Promise<void> {
    const isIdle = (app: App) =>
      app.shell.currentWidget.sessionContext.session?.kernel?.status === "idle";
    for (let i = 0; i < 3; i++) {
      await this.page.waitForTimeout(150);
      await this.#until(isIdle);
    }
  }

  /** Outputs of all code cells, as the model of the page has them: a line for each. */
  async outputs(): Promise<readonly (readonly string[])[]> {
    return await this.page.evaluate(() => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: App };
      const text = (value: unknown) => Array.isArray(value) ? value.join("") : String(value ?? "");
      return [...jupyterapp.shell.currentWidget.model.cells].map(({ sharedModel }) =>
        sharedModel.getOutputs().map(({ output_type: type, text: said, ename, evalue, data }) =>
          type === "error"
            ? `error: ${ename}: ${evalue}`
            : `${type}: ${text(said ?? (data as Record<string, unknown>)["text/plain"]).trim()}`
        )
      );
    });
  }

  /** What a reader sees of the outputs of a cell. */
  async seen(cell: number): Promise<string> {
    const area = this.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea");
    return (await area.first().innerText()).trim();
  }

  /** Waits until a reader sees a text in the outputs of a cell. */
  async sees(cell: number, text: string): Promise<void> {
    const area = this.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea");
    await area.first().getByText(text).first().waitFor({ timeout: 20_000 });
  }

  /** Drags the handle of a slider by a number of pixels. */
  async drag(slider: number, by: number): Promise<void> {
    const box = await this.page.locator(".noUi-handle").nth(slider).boundingBox();
    if (box === null) throw new Error(`there is no slider ${slider}`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    for (let i = 1; i <= 20; i++) await this.page.mouse.move(x + by * i / 20, y);
    await this.page.mouse.up();
    await this.rest();
  }

  async #until(isSo: (app: App) => boolean): Promise<void> {
    await this.page.waitForFunction(
      // deno-lint-ignore no-eval -- the page gets the function as text
      (test) => eval(test)((globalThis as unknown as { jupyterapp: App }).jupyterapp),
      `(${isSo})`,
      { timeout: 60_000 },
    );
  }
}
