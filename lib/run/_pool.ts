/**
 * A pool of workers, started when first needed, that does not keep the process alive when idle.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import type { BackendInfo } from "../backend/info.ts";
import { backendState } from "../backend/state.ts";
import type { Runner, Started } from "./_state.ts";
import { type ErrorText, LIBRARY, taskError, type TaskText } from "./_task.ts";

/** What a worker is asked. */
export type Order = {
  /** Number of the job. */
  readonly job: number;
  /** Number of the task within the pool. */
  readonly taskId: number;
  /** The task itself, the first time that the worker meets it. */
  readonly task?: TaskText;
  /** Address of the module whose exports the task may use. */
  readonly library: string;
  /** Packed arguments. */
  readonly args: readonly unknown[];
};

/** What it answers. */
export type Answer =
  | {
    readonly job: number;
    readonly value: unknown;
    /** What computes with tensors on the worker. */
    readonly backend: BackendInfo | null;
    readonly error?: undefined;
  }
  | { readonly job: number; readonly error: ErrorText };

/** A call that waits or runs. */
type Job = {
  readonly id: number;
  readonly task: TaskText;
  readonly args: readonly unknown[];
  readonly resolve: (packed: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** A worker and what it is doing. */
type Member = { readonly worker: Worker; readonly known: Set<number>; job: Job | null };

/** Workers that run tasks one at a time each, in the order in which they were asked. */
export class WorkerPool implements Runner {
  readonly #size: number;
  readonly #members = new Set<Member>();
  readonly #waiting: Job[] = [];
  readonly #taskIds = new Map<TaskText, number>();
  #jobs = 0;

  /** Makes a pool of at most `size` workers; none is started yet. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Runs a task; `cancel` rejects it, and ends the worker if it was running. */
  run(task: TaskText, args: readonly unknown[]): Started {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const job: Job = { id: this.#jobs++, task, args, resolve, reject };
    this.#waiting.push(job);
    this.#next();
    return { result: promise, cancel: (reason) => this.#cancel(job, reason) };
  }

  /** Ends all workers; calls that wait or run are rejected. */
  async close(): Promise<void> {
    const jobs = [...this.#waiting.splice(0), ...[...this.#members].flatMap((m) => m.job ?? [])];
    for (const job of jobs) {
      job.reject(
        new Error(`Cannot finish ${job.task.label} as its pool must stay open: it was closed`),
      );
    }
    const members = [...this.#members];
    this.#members.clear();
    await Promise.all(members.map((member) => member.worker.terminate()));
  }

  /** Hands waiting jobs to idle workers, and starts workers while there are more jobs. */
  #next(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#members].find((member) => member.job === null);
      if (!idle && this.#members.size >= this.#size) return;
      this.#assign(idle ?? this.#start(), this.#waiting.shift()!);
    }
  }

  /** Starts a worker. */
  #start(): Member {
    const name = `resolvent ${this.#members.size + 1}`;
    const worker = new Worker(new URL("./_worker.ts", import.meta.url), { name });
    const member: Member = { worker, known: new Set(), job: null };
    worker.on("message", (answer: Answer) => this.#answered(member, answer));
    worker.on("error", (error: Error) => this.#lost(member, error.message));
    worker.on("exit", (code: number) => this.#lost(member, `it ended with code ${code}`));
    this.#members.add(member);
    return member;
  }

  /** Gives a job to an idle worker; a busy worker keeps the process alive. */
  #assign(member: Member, job: Job): void {
    const known = this.#taskIds.get(job.task);
    const taskId = known ?? this.#taskIds.size;
    if (known === undefined) this.#taskIds.set(job.task, taskId);
    member.job = job;
    member.worker.ref();
    const order: Order = {
      job: job.id,
      taskId,
      library: LIBRARY,
      args: job.args,
      ...(member.known.has(taskId) ? {} : { task: job.task }),
    };
    member.known.add(taskId);
    member.worker.postMessage(order);
  }

  /** Settles the job that was answered. */
  #answered(member: Member, answer: Answer): void {
    const job = member.job;
    if (job === null || job.id !== answer.job) return;
    member.job = null;
    member.worker.unref();
    if (answer.error) job.reject(taskError(job.task.label, answer.error));
    else {
      if (answer.backend !== null) backendState().ofWorkers = answer.backend;
      job.resolve(answer.value);
    }
    this.#next();
  }

  /** Rejects the job of a worker that ended by itself. */
  #lost(member: Member, why: string): void {
    if (!this.#members.delete(member)) return;
    const job = member.job;
    job?.reject(new Error(`Cannot finish ${job.task.label} as its worker must stay alive: ${why}`));
    this.#next();
  }

  /** Drops a waiting job, or ends the worker that runs it: a busy worker cannot be asked to stop. */
  #cancel(job: Job, reason: unknown): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    const member = [...this.#members].find((other) => other.job === job);
    if (member) {
      this.#members.delete(member);
      member.worker.terminate();
    }
    job.reject(reason);
    this.#next();
  }
}
