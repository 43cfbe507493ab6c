import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Part, Stretch } from '../file/file-encoder.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import { KEPT_JOBS } from './kept-jobs.ts';
import type { Job, ShardTask } from './shard-worker.ts';
import { spawnWorker } from './spawn-worker.ts';

/** A shard to be made. */
interface Order {
  readonly job: Job;
  readonly seed: string;
  readonly stretch: Stretch;
  /** One to use again, which is gone for the caller; or the size of a new one. */
  readonly buffer: ArrayBuffer | number;
  /** Values of fields that are made outside, where there are any. */
  readonly given?: ExternalValues | undefined;
}

interface Waiting extends Order {
  buffer: ArrayBuffer | number;
  readonly resolve: (part: Part) => void;
  readonly reject: (error: unknown) => void;
}

type Answer =
  | { kind: 'shard'; part: Part }
  | { kind: 'unknown job' }
  | { kind: 'failed'; error: { name: string; message: string; code?: string } };

/** A worker thread, and what it is busy with. */
interface Member {
  readonly worker: Worker;
  waiting: Waiting | undefined;
  /** Jobs that it has, the last used one at the end. */
  readonly jobs: Set<number>;
  /** The job that has its turn, and since when. */
  turnOf: number | undefined;
  since: number;
}

/**
 * To turn to another job takes a thread about a millisecond. It stays with one for so long, while there is something to do for
 * it; then it is the turn of whoever has waited longest.
 */
const TURN_MS = 10;

/**
 * Worker threads for shards of any number of streams, one for each core. A stream asks for a shard only when its reader
 * wants more, so slow readers hold no worker.
 */
class WorkerPool {
  #members: Member[] = [];
  #queue: Waiting[] = [];

  /** The bytes of a stretch, in a buffer of their own, or a part of a file. */
  make(order: Order): Promise<Part> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...order, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const member = this.#free(this.#queue[0]?.job.id);
      if (member === undefined) return;
      const waiting = this.#next(member);
      member.waiting = waiting;
      member.worker.ref();
      this.#send(member, waiting, !member.jobs.has(waiting.job.id));
    }
  }

  /** What a worker does next: more of what it is at, while the turn lasts, or else what waits first. */
  #next(member: Member): Waiting {
    const now = performance.now();
    const isTurn = now - member.since < TURN_MS;
    const more = isTurn ? this.#queue.findIndex(({ job }) => job.id === member.turnOf) : -1;
    const [waiting] = this.#queue.splice(Math.max(0, more), 1) as [Waiting];
    if (more < 0) {
      member.turnOf = waiting.job.id;
      member.since = now;
    }
    return waiting;
  }

  #send(member: Member, waiting: Waiting, withJob: boolean): void {
    const { job, seed, stretch, buffer, given } = waiting;
    const task: ShardTask = {
      kind: 'shard',
      jobId: job.id,
      job: withJob ? job : undefined,
      seed,
      stretch,
      buffer,
      given,
    };
    noteJob(member.jobs, job.id);
    if (typeof buffer === 'number') return member.worker.postMessage(task);
    // It goes with the message: should that be sent again, a new one is made.
    waiting.buffer = buffer.byteLength;
    member.worker.postMessage(task, [buffer]);
  }

  /** An idle worker, best one that has the job; a new one while there are fewer than cores. */
  #free(jobId: number | undefined): Member | undefined {
    const idle = this.#members.filter((member) => member.waiting === undefined);
    const chosen = idle.find((member) => member.turnOf === jobId) ?? idle[0];
    if (chosen !== undefined) return chosen;
    return this.#members.length < Math.max(1, availableParallelism()) ? this.#start() : undefined;
  }

  #start(): Member {
    const member: Member = { worker: spawnWorker(), waiting: undefined, jobs: new Set(), turnOf: undefined, since: 0 };
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

/** Notes that a worker uses a job; those that it has not used for longest are gone, as they are in the worker. */
function noteJob(jobs: Set<number>, id: number): void {
  jobs.delete(id);
  jobs.add(id);
  for (const oldest of jobs) {
    if (jobs.size <= KEPT_JOBS) break;
    jobs.delete(oldest);
  }
}

/** The process's pool. */
export const workerPool = new WorkerPool();
