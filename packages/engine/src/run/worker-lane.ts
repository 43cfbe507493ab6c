import type { Worker } from 'node:worker_threads';
import { CANCELLED, CONSUMED, laneBuffer, PRODUCED, readEntry } from './lane.ts';
import type { LaneSource } from './lane-source.ts';
import type { LaneTask } from './lane-worker.ts';

type Message = { readonly memory: SharedArrayBuffer } | { readonly error: { name: string; message: string } };

/** The lane of a worker thread, as the reader has it. */
export class WorkerLane implements LaneSource {
  readonly #worker: Worker;
  readonly #buffer = laneBuffer();
  readonly #control = new Int32Array(this.#buffer);
  #memory: SharedArrayBuffer | undefined;
  #consumed = 0;

  /**
   * @param worker may still be starting
   * @param fail is told what ends the lane before its time
   */
  constructor(worker: Worker, fail: (reason: unknown) => void) {
    this.#worker = worker;
    this.#worker.on('error', fail);
    this.#worker.on('exit', (code) => fail(new Error(`a worker thread ended with ${code}`)));
    this.#worker.on('message', (message: Message) => {
      if ('memory' in message) this.#memory = message.memory;
      else fail(Object.assign(new Error(message.error.message), message.error));
    });
  }

  start(task: Omit<LaneTask, 'kind' | 'control'>): void {
    this.#worker.ref();
    this.#worker.postMessage({ ...task, kind: 'lane', control: this.#buffer } satisfies LaneTask);
  }

  next(): Uint8Array | 'end' | undefined {
    if (Atomics.load(this.#control, PRODUCED) === this.#consumed) return undefined;
    const { offset, length } = readEntry(this.#control, this.#consumed);
    if (length === 0) return 'end';
    const memory = this.#memory;
    return memory === undefined || memory.byteLength < offset + length
      ? undefined
      : new Uint8Array(memory, offset, length);
  }

  release(): void {
    this.#consumed++;
    Atomics.store(this.#control, CONSUMED, this.#consumed);
    Atomics.notify(this.#control, CONSUMED);
  }

  /** Settles when `next` may have something, for a reader that has nothing else to do. */
  async untilMade(): Promise<void> {
    if (Atomics.load(this.#control, PRODUCED) !== this.#consumed) {
      // The message that hands over the worker's memory, or its larger successor, is under way.
      await new Promise((resolve) => setImmediate(resolve));
      return;
    }
    const waiting = Atomics.waitAsync(this.#control, PRODUCED, this.#consumed);
    if (waiting.async) await waiting.value;
  }

  async stop(): Promise<void> {
    Atomics.store(this.#control, CANCELLED, 1);
    Atomics.notify(this.#control, CONSUMED);
    await this.#worker.terminate();
  }
}
