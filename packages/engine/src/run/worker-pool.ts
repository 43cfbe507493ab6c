import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Part, Stretch } from '../file/file-encoder.ts';
import type { Job, ShardTask } from './shard-worker.ts';
import { spawnWorker } from './spawn-worker.ts';

interface Waiting {
  readonly job: Job;
  readonly stretch: Stretch;
  spare: ArrayBuffer | undefined;
  readonly resolve: (part: Part) => void;
  readonly reject: (error: unknown) => void;
}

type Answer =
  | { kind: 'shard'; part: Part }
  | { kind: 'unknown job' }
  | { kind: 'failed'; error: { name: string; message: string; code?: string } };

/** A worker thread, what it is busy with, and the job it was sent last. */
interface Member {
  readonly worker: Worker;
  waiting: Waiting | undefined;
  lastJob: number | undefined;
}

/**
 * Worker threads for shards of any number of streams, one for each core. A stream asks for a shard only when its reader
 * wants more, so slow readers hold no worker; shards wait in the order they were asked for.
 */
class WorkerPool {
  #members: Member[] = [];
  #queue: Waiting[] = [];

  /**
   * The bytes of a stretch, in a buffer of their own, or a part of a file.
   * @param spare a buffer to use again; it is gone for the caller
   */
  make(job: Job, stretch: Stretch, spare?: ArrayBuffer): Promise<Part> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, stretch, spare, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const member = this.#free(this.#queue[0]?.job.id);
      if (member === undefined) return;
      const waiting = this.#queue.shift() as Waiting;
      member.waiting = waiting;
      member.worker.ref();
      this.#send(member, waiting, member.lastJob !== waiting.job.id);
    }
  }

  #send(member: Member, waiting: Waiting, withJob: boolean): void {
    const { job, stretch, spare } = waiting;
    const task: ShardTask = { kind: 'shard', jobId: job.id, job: withJob ? job : undefined, stretch, spare };
    member.lastJob = job.id;
    member.worker.postMessage(task, spare === undefined ? [] : [spare]);
    waiting.spare = undefined;
  }

  /** An idle worker, best one that has the job; a new one while there are fewer than cores. */
  #free(jobId: number | undefined): Member | undefined {
    const idle = this.#members.filter((member) => member.waiting === undefined);
    const chosen = idle.find((member) => member.lastJob === jobId) ?? idle[0];
    if (chosen !== undefined) return chosen;
    return this.#members.length < Math.max(1, availableParallelism()) ? this.#start() : undefined;
  }

  #start(): Member {
    const member: Member = { worker: spawnWorker(), waiting: undefined, lastJob: undefined };
    this.#members.push(member);
    member.worker.on('message', (answer: Answer) => this.#settle(member, answer));
    member.worker.on('error', (error) => {
      // A worker that died takes its shard with it; the next one starts afresh.
      this.#members = this.#members.filter((other) => other !== member);
      member.waiting?.reject(error);
      this.#dispatch();
    });
    return member;
  }

  #settle(member: Member, answer: Answer): void {
    const { waiting, worker } = member;
    if (waiting === undefined) return;
    if (answer.kind === 'unknown job') return this.#send(member, waiting, true);
    member.waiting = undefined;
    worker.unref();
    if (answer.kind === 'shard') waiting.resolve(answer.part);
    else waiting.reject(Object.assign(new Error(answer.error.message), answer.error));
    this.#dispatch();
  }
}

/** The process's pool. */
export const workerPool = new WorkerPool();
