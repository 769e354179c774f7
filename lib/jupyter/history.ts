/**
 * What was run before, in this session of the kernel and in earlier ones.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";

/** One cell that was run: session, number, source, and its value as text where it is asked for. */
export type HistoryEntry = readonly [
  session: number,
  line: number,
  input: string | readonly [source: string, output: string | null],
];

/** What a front end asks for, as the protocol names it. */
export type HistoryRequest = {
  readonly hist_access_type: "range" | "tail" | "search";
  /** Whether values are to come along. Default: false. */
  readonly output?: boolean;
  /** For "range": 0 is this session, -1 the one before, above 0 its own number. Default: 0. */
  readonly session?: number;
  /** For "range": first number. Default: 0. */
  readonly start?: number;
  /** For "range": number behind the last. Default: no end. */
  readonly stop?: number | null;
  /** For "tail" and "search": the last so many. Default: 1000. */
  readonly n?: number | null;
  /** For "search": what the whole source must match, with * and ?. Default: "*". */
  readonly pattern?: string;
  /** For "search": each source once, where it was last. Default: false. */
  readonly unique?: boolean;
};

/** A row of the table. */
type Row = {
  readonly session: number;
  readonly line: number;
  readonly source: string;
  readonly output: string | null;
};

/** How many entries an answer has where no number is asked for. */
const MOST = 1000;

const TABLES = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma busy_timeout = 1000;
  create table if not exists sessions (id integer primary key autoincrement);
  create table if not exists history (
    session integer not null, line integer not null, source text not null, output text,
    primary key (session, line)
  );`;

/** Keeps what was run in a file that all kernels of a user share, or in memory alone. */
export class History implements Disposable {
  readonly #database: DatabaseSync;
  /** Number of this session. */
  readonly session: number;

  /** Opens the history in a file, or in memory by the path ":memory:". */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(TABLES);
    const { lastInsertRowid } = this.#database.prepare("insert into sessions default values").run();
    this.session = Number(lastInsertRowid);
  }

  /** Adds a cell; run again under its number, the later source counts. */
  add(line: number, source: string, output: string | null = null): void {
    this.#database.prepare("insert or replace into history values (?, ?, ?, ?)")
      .run(this.session, line, source, output);
  }

  /** Entries in the order in which they ran. */
  read(request: HistoryRequest): readonly HistoryEntry[] {
    const rows = this.#rows(request);
    return rows.map(({ session, line, source, output }) => [
      session,
      line,
      request.output ? [source, output] : source,
    ]);
  }

  #rows({ hist_access_type: by, ...request }: HistoryRequest): Row[] {
    const most = request.n ?? MOST;
    const all = (text: string, ...given: (string | number)[]) =>
      this.#database.prepare(text).all(...given) as unknown as Row[];
    if (by === "range") {
      const { session = 0, start = 0, stop } = request;
      const own = session > 0 ? session : this.session + session;
      const end = stop ?? Number.MAX_SAFE_INTEGER;
      return all(
        "select * from history where session = ? and line >= ? and line < ? order by line",
        own,
        start,
        end,
      );
    }
    const last = "order by session desc, line desc limit ?";
    if (by === "tail") return all(`select * from history ${last}`, most).reverse();
    const { pattern = "*", unique = false } = request;
    // sets in brackets are sqlite's, not the protocol's
    const glob = pattern.replaceAll("[", "[[]");
    const where = unique
      ? `where source glob ? and (session, line) in
         (select session, line from (select session, line, row_number() over
           (partition by source order by session desc, line desc) as place from history)
          where place = 1)`
      : "where source glob ?";
    return all(`select * from history ${where} ${last}`, glob, most).reverse();
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
