/**
 * Results of calls on disk, so that a long run goes on where it was interrupted.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";
import { linalgProvider } from "../linalg/provider.ts";
import { canonicalHash } from "./_canonical.ts";
import { sourceHash } from "./_sources.ts";

/** The environment variable that names the folder. */
const VARIABLE = "RESOLVENT_RESULTS";

/** Packed results, each in a file that its call, the library's source and what computes name. */
export class KeptResults {
  readonly #folder: string;
  readonly #origin: string;
  #warned = false;

  /** Keeps results in a folder, which is made where it does not exist. */
  constructor(folder: string, origin: string = originOfResults()) {
    this.#folder = folder;
    this.#origin = origin;
    try {
      Deno.mkdirSync(folder, { recursive: true });
    } catch (cause) {
      throw new Error(`Cannot keep results as ${VARIABLE} must be a folder: it is ${folder}`, {
        cause,
      });
    }
  }

  /** Returns the packed result of a call, or undefined; what cannot be read counts as not there. */
  get(key: string): { readonly value: unknown } | undefined {
    try {
      return deserialize(Deno.readFileSync(this.#file(key))) as { readonly value: unknown };
    } catch {
      return undefined;
    }
  }

  /** Whether there is a file for a call, be it readable or not. */
  has(key: string): boolean {
    try {
      return Deno.statSync(this.#file(key)).isFile;
    } catch {
      return false;
    }
  }

  /** Keeps a packed result: under a name of its own first, so that no file is ever half written. */
  set(key: string, value: unknown): void {
    const file = this.#file(key), own = `${file}.${Deno.pid}`;
    try {
      Deno.writeFileSync(own, serialize({ value }));
      Deno.renameSync(own, file);
    } catch (error) {
      if (!this.#warned) console.warn(`Cannot keep results in ${this.#folder}: ${error}`);
      this.#warned = true;
    }
  }

  #file(key: string): string {
    return `${this.#folder}/${canonicalHash("keep a result", [this.#origin, key])}`;
  }
}

/** The folder that `RESOLVENT_RESULTS` names, or null where it names none. */
export function resultsFolder(): string | null {
  const readable =
    Deno.permissions.querySync({ name: "env", variable: VARIABLE }).state === "granted";
  return (readable ? Deno.env.get(VARIABLE) : undefined) || null;
}

/** Results in that folder, or null where there is none. */
export function keptResults(): KeptResults | null {
  const folder = resultsFolder();
  return folder === null ? null : new KeptResults(folder);
}

/** What two results must share beside the call: source, Deno, linear algebra, the backend asked for. */
function originOfResults(): string {
  const { name, version } = linalgProvider();
  const backend = Deno.env.get("RESOLVENT_BACKEND") ?? "";
  return canonicalHash("keep results", [sourceHash(), Deno.version.deno, name, version, backend]);
}
