import { Worker } from 'node:worker_threads';
import { CONTROL, PART_STOPPED, type PartBytes, type PartSource, type PartTask } from './part-maker.ts';

/** A part that is wanted. */
export interface PartOrder extends Omit<PartTask, 'control' | 'id' | 'source'> {
  readonly source: PartSource;
}

type Answer =
  | { readonly made: PartBytes }
  | { readonly failed: { readonly name: string; readonly message: string; readonly code?: string } };

/** What a thread may keep alive; a plan with long lists takes some of it. */
const OLD_MEGABYTES = 1024;
/** Rows live for as long as they are made: a small nursery costs no time. */
const NURSERY_MEGABYTES = 12;
/** Threads that nobody needs end after so long. */
const IDLE_MS = 10_000;

interface Member {
  readonly worker: Worker;
  /** What it has compiled last. */
  latest: string;
  idle: NodeJS.Timeout | undefined;
}

/**
 * Threads that make parts, as many as parts are asked for at a time: bytes are hashed and written where they are made, so nothing is copied, and the
 * thread that answers requests and renews leases does neither.
 */
export class PartThreads {
  readonly #free: Member[] = [];
  #isClosed = false;

  /**
   * Makes a part.
   * @returns its bytes, and meanwhile how many rows there are
   * @throws Error named PartTooLarge, what the file system says, the reason of `signal`
   */
  make(order: PartOrder, signal: AbortSignal): { readonly rows: () => number; readonly made: Promise<PartBytes> } {
    const control = new SharedArrayBuffer(CONTROL.places * BigInt64Array.BYTES_PER_ELEMENT);
    const places = new BigInt64Array(control);
    return {
      rows: () => Number(Atomics.load(places, CONTROL.rows)),
      made: this.#ask({ ...order, id: order.source.id, control }, places, signal),
    };
  }

  /** Ends threads that have nothing to do; others end when they are done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#free.splice(0).map((member) => end(member)));
  }

  async #ask(task: PartTask, places: BigInt64Array, signal: AbortSignal): Promise<PartBytes> {
    signal.throwIfAborted();
    const member = this.#take(task.id);
    const stop = (): void => void Atomics.store(places, CONTROL.stop, 1n);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await answerOf(member.worker, member.latest === task.id ? { ...task, source: undefined } : task);
      member.latest = 'made' in answer ? task.id : '';
      this.#give(member);
      if ('made' in answer) return answer.made;
      if (answer.failed.name === PART_STOPPED && signal.aborted) throw signal.reason;
      throw Object.assign(new Error(answer.failed.message), answer.failed);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** One that is free, best one that knows the job; else a new one. */
  #take(id: string): Member {
    const known = this.#free.findIndex(({ latest }) => latest === id);
    const [member] = this.#free.splice(Math.max(0, known), 1);
    if (member === undefined) return this.#make();
    clearTimeout(member.idle);
    return member;
  }

  #make(): Member {
    const member: Member = { worker: spawn(), latest: '', idle: undefined };
    // One that dies while nobody waits for it is no fault of anybody's.
    member.worker.on('error', () => undefined);
    member.worker.once('exit', () => this.#forget(member));
    return member;
  }

  #forget(member: Member): void {
    clearTimeout(member.idle);
    const place = this.#free.indexOf(member);
    if (place >= 0) this.#free.splice(place, 1);
  }

  #give(member: Member): void {
    if (this.#isClosed) return void end(member);
    member.idle = setTimeout(() => {
      this.#forget(member);
      void end(member);
    }, IDLE_MS);
    member.idle.unref();
    this.#free.push(member);
  }
}

function spawn(): Worker {
  // From sources Node runs TypeScript itself; packages resolve to sources then as well.
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(`./part-thread.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    name: 'datamaker-part',
    resourceLimits: { maxOldGenerationSizeMb: OLD_MEGABYTES, maxYoungGenerationSizeMb: NURSERY_MEGABYTES },
    execArgv: isSource ? ['--conditions=datamaker-source'] : [],
  });
  worker.unref();
  return worker;
}

function answerOf(worker: Worker, task: PartTask): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const onExit = (): void => reject(new Error('the thread of a part ended without an answer'));
  worker.once('message', resolve).once('error', reject).once('exit', onExit);
  worker.postMessage(task);
  return promise.finally(() => worker.off('message', resolve).off('error', reject).off('exit', onExit));
}

async function end({ worker, idle }: Member): Promise<void> {
  clearTimeout(idle);
  await worker.terminate();
}
