import type { Message } from '../messages/message.ts';
import type { Clock } from '../pace/clock.ts';
import type { Pace } from '../pace/pace.ts';
import type { Sink, Target } from '../sinks/sink.ts';
import { StreamError } from '../stream-error.ts';

/** What makes rows: a MessageMaker. */
interface Maker {
  readonly mostRows: number;
  readonly rowsOfMessage: number;
  make(from: number, to: number): readonly Message[];
}

export interface StreamOptions {
  readonly maker: Maker;
  readonly target: Target;
  readonly pace: Pace;
  /** Rows [from, to) at most. */
  readonly from: number;
  readonly to: number;
  /** How long rows become due; undefined: until there are no more. */
  readonly seconds?: number | undefined;
  /** How long a target may take nothing before the stream ends, in milliseconds. */
  readonly giveUpMs: number;
  readonly clock: Clock;
  /** Ends the stream once what is on its way has arrived. */
  readonly stop: AbortSignal;
  /** Told after each message, and of each trouble before it is tried again. */
  readonly onProgress?: (state: StreamState, trouble?: StreamError) => void;
}

/** How far a stream is. */
export interface StreamState {
  /** Rows that the target has said it has. */
  readonly acknowledged: number;
  /** The first row that it has not; where to go on from. */
  readonly next: number;
  /** Rows behind `next` that it has nevertheless: who goes on from `next` sends them again. */
  readonly ahead: number;
  /** Rows that are due and not acknowledged. */
  readonly behind: number;
  /** Rows that were sent again without knowing whether they had arrived before. */
  readonly repeated: number;
  /** Rows that may have arrived, which nobody has said, and that were not sent again. */
  readonly doubtful: number;
  /** How often the target was lost. */
  readonly losses: number;
  readonly seconds: number;
}

export interface StreamReport extends StreamState {
  readonly ending: 'done' | 'stopped' | 'failed';
  /** Of `failed`: a StreamError, or what the system says of a file. */
  readonly error?: unknown;
}

const FIRST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 5000;

/**
 * Sends rows when they are due. Each turn sends what is due by then, a bounded number of rows, and the next begins when those are acknowledged: a slow target
 * is fallen behind of, and nothing queues. What is late is sent as soon as the target takes it.
 */
export async function runStream(options: StreamOptions): Promise<StreamReport> {
  const stream = new Stream(options);
  try {
    const ending = await stream.run();
    return { ...stream.state(), ending };
  } catch (error) {
    return { ...stream.state(), ending: 'failed', error };
  } finally {
    await stream.close();
  }
}

class Stream {
  readonly #options: StreamOptions;
  readonly #start: number;
  readonly #wanted: number;
  #sink: Sink | undefined;
  #acknowledged = 0;
  #next: number;
  #repeated = 0;
  /** Messages of this turn that may have arrived. */
  #doubtful = new Set<Message>();
  #losses = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#start = options.clock.now();
    this.#next = options.from;
    const { seconds, pace, from, to } = options;
    this.#wanted = Math.min(to - from, seconds === undefined ? Number.POSITIVE_INFINITY : pace.within(seconds));
  }

  async run(): Promise<'done' | 'stopped'> {
    const { maker, pace, from, clock, stop, seconds = Number.POSITIVE_INFINITY } = this.#options;
    for (let sent = 0; sent < this.#wanted; ) {
      if (stop.aborted) return 'stopped';
      const now = this.#seconds();
      const due = Math.min(this.#wanted, pace.due(now));
      const late = due - sent;
      const ready = due < this.#wanted ? late - (late % maker.rowsOfMessage) : late;
      if (ready > 0) {
        const rows = Math.min(ready, maker.mostRows);
        await this.#deliver(maker.make(from + sent, from + sent + rows));
        if (this.#next < from + sent + rows) return 'stopped';
        sent += rows;
        if (now >= seconds) return 'done';
      } else {
        const at = pace.at(Math.min(this.#wanted, sent + maker.rowsOfMessage));
        await clock.sleep(Math.max(0, (at - now) * 1000), stop);
      }
    }
    return 'done';
  }

  /** Sends messages until all are acknowledged, or it is time to stop. @throws StreamError */
  async #deliver(messages: readonly Message[]): Promise<void> {
    const { target, clock, stop, giveUpMs, onProgress } = this.#options;
    const open = new Set(messages);
    let heardAt = clock.now();
    const acknowledged = (message: Message): void => {
      if (!open.delete(message)) return;
      heardAt = clock.now();
      this.#doubtful.delete(message);
      this.#acknowledged += message.to - message.from;
      const [first] = open;
      this.#next = first?.from ?? (messages.at(-1) as Message).to;
      onProgress?.(this.state());
    };
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, MOST_PAUSE_MS)) {
      const before = open.size;
      let isSent = false;
      try {
        this.#sink ??= await target.open();
        isSent = true;
        this.#repeated += rowsOf(this.#doubtful);
        this.#doubtful.clear();
        await this.#sink.send([...open], acknowledged, stop);
        if (open.size === 0 || stop.aborted) return;
        throw new StreamError('target_unreachable', `${target.shown} has not said that it has all rows`);
      } catch (error) {
        if (!(error instanceof StreamError)) throw error;
        await this.close();
        if (isSent) this.#doubtful = new Set([...(error.doubtful ?? open)].filter((message) => open.has(message)));
        if (!error.mayPass) throw error;
        if (stop.aborted) return;
        if (open.size < before) pause = FIRST_PAUSE_MS;
        this.#losses += 1;
        onProgress?.(this.state(), error);
        const left = heardAt + giveUpMs - clock.now();
        if (left <= 0) throw gaveUp(error, target, giveUpMs);
        await clock.sleep(Math.min(Math.max(pause, error.pauseMs), left), stop);
        if (stop.aborted) return;
      }
    }
  }

  state(): StreamState {
    const { pace, from } = this.#options;
    const seconds = this.#seconds();
    return {
      acknowledged: this.#acknowledged,
      next: this.#next,
      ahead: this.#acknowledged - (this.#next - from),
      behind: Math.max(0, Math.min(this.#wanted, pace.due(seconds)) - this.#acknowledged),
      repeated: this.#repeated,
      doubtful: rowsOf(this.#doubtful),
      losses: this.#losses,
      seconds,
    };
  }

  async close(): Promise<void> {
    const sink = this.#sink;
    this.#sink = undefined;
    await sink?.close();
  }

  #seconds(): number {
    return (this.#options.clock.now() - this.#start) / 1000;
  }
}

const rowsOf = (messages: Iterable<Message>): number => {
  let rows = 0;
  for (const { from, to } of messages) rows += to - from;
  return rows;
};

function gaveUp(last: StreamError, { shown }: Target, giveUpMs: number): StreamError {
  const message = `${shown} has taken nothing for ${giveUpMs / 1000} s: ${last.message}`;
  const hint = last.hint ?? 'look whether it is there, and go on from the row that is named';
  return new StreamError('target_unreachable', message, { hint, cause: last });
}
