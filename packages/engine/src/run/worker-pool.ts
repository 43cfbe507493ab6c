import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { ShardTask } from './shard-worker.ts';
import { spawnWorker } from './spawn-worker.ts';

interface Waiting {
  readonly task: ShardTask;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Worker threads for shards of any number of streams, one for each core. A stream asks for a shard only when its reader
 * wants more, so slow readers hold no worker.
 */
class WorkerPool {
  #idle: Worker[] = [];
  #busy = new Map<Worker, Waiting>();
  #queue: Waiting[] = [];

  make(task: ShardTask): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#freeWorker();
      const waiting = worker === undefined ? undefined : this.#queue.shift();
      if (worker === undefined || waiting === undefined) return;
      this.#busy.set(worker, waiting);
      worker.ref();
      worker.postMessage(waiting.task);
    }
  }

  #freeWorker(): Worker | undefined {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    return this.#busy.size < Math.max(1, availableParallelism()) ? this.#start() : undefined;
  }

  #start(): Worker {
    const worker = spawnWorker();
    worker.on('message', (message: { kind: 'shard'; bytes: Uint8Array } | { kind: 'failed'; error: unknown }) => {
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      worker.unref();
      this.#idle.push(worker);
      if (message.kind === 'shard') waiting?.resolve(message.bytes);
      else waiting?.reject(message.error);
      this.#dispatch();
    });
    worker.on('error', (error) => {
      // A worker that died takes its shard with it; the next one starts afresh.
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle = this.#idle.filter((other) => other !== worker);
      waiting?.reject(error);
      this.#dispatch();
    });
    return worker;
  }
}

/** The process's pool. */
export const workerPool = new WorkerPool();
