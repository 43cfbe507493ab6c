import { call, send } from '../call.ts';
import { DataMakerError } from '../datamaker-error.ts';
import { findId, type Named } from '../find-id.ts';
import { OPERATIONS, type Operations, type ScenarioRun } from '../generated/api.ts';
import { pause } from '../http/pause.ts';
import { pauseBeforeRetry } from '../http/pause-before-retry.ts';
import { readEvents } from '../http/read-events.ts';
import type { Transport } from '../http/transport.ts';
import { once } from '../once.ts';
import type { Page } from '../pages.ts';

export interface RunOptions {
  /** What the script finds in `dm.params`. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Nothing is written anywhere. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MOST_BREAKS = 5;

/** A scenario of the server, by its id or its name. */
export class Scenario {
  readonly #transport: Transport;
  /** Its id. @throws DataMakerError `not_found`, `ambiguous_name` */
  readonly id: () => Promise<string>;

  constructor(transport: Transport, ref: string) {
    this.#transport = transport;
    this.id = once(() =>
      findId(
        ref,
        'scenario',
        (_, cursor) => this.#call('listScenarios', { query: { cursor } }) as Promise<Page<Named>>,
      ),
    );
  }

  /** Begins a run. @returns at once, with the run as it is then */
  async start({ params, timeoutSeconds, dryRun, signal }: RunOptions = {}): Promise<ScenarioRun> {
    const body = { params, timeout_seconds: timeoutSeconds, dry_run: dryRun };
    return (await this.#call('runScenario', { path: { ref: await this.id() }, body, signal })) as ScenarioRun;
  }

  /** Runs it to its end. @throws DataMakerError `run_failed`, with the run in `details`, when it ends otherwise than `done` */
  async run(options: RunOptions = {}): Promise<ScenarioRun> {
    const { run_id: runId } = await this.start(options);
    const run = await this.#ended(runId, options.signal);
    if (run.state === 'done') return run;
    const message = `the run ended as ${run.state}`;
    throw new DataMakerError({ code: 'run_failed', message, details: { run } });
  }

  /** A run, as it is. */
  async readRun(runId: string): Promise<ScenarioRun> {
    return (await this.#call('readScenarioRun', { path: { ref: await this.id(), runId } })) as ScenarioRun;
  }

  /** Ends a run. */
  async cancel(runId: string): Promise<void> {
    await this.#call('cancelScenarioRun', { path: { ref: await this.id(), runId } });
  }

  /** The log of a run as it is. */
  async log(runId: string): Promise<string> {
    const response = await send(this.#transport, OPERATIONS.readScenarioLog, { path: { ref: await this.id(), runId } });
    return response.text();
  }

  /** The lines of a run's log as they are written, until it has ended. Where the connection breaks, it goes on behind the last line. */
  async *follow(
    runId: string,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<string, void, undefined> {
    for await (const { event, data } of this.#events(runId, signal)) if (event === 'message') yield data;
  }

  async #ended(runId: string, signal: AbortSignal | undefined): Promise<ScenarioRun> {
    for await (const { event, data } of this.#events(runId, signal)) {
      if (event === 'end') return JSON.parse(data) as ScenarioRun;
    }
    return this.readRun(runId);
  }

  /** Events of the log, each once, `end` the last. */
  async *#events(runId: string, signal: AbortSignal | undefined) {
    const path = { ref: await this.id(), runId };
    let last: string | undefined;
    let breaks = 0;
    for (;;) {
      const headers = { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) };
      const input = { path, query: { follow: 'true' }, headers, signal };
      const response = await send(this.#transport, OPERATIONS.readScenarioLog, input);
      let cause: unknown;
      try {
        for await (const one of readEvents(response.body as ReadableStream<Uint8Array>)) {
          yield one;
          if (one.event === 'end') return;
          last = one.id ?? last;
          breaks = 0;
        }
      } catch (error) {
        signal?.throwIfAborted();
        cause = error;
      }
      const error = new DataMakerError({ code: 'network_error', message: 'the log broke off', cause });
      const seconds = ++breaks > MOST_BREAKS ? undefined : pauseBeforeRetry(error, breaks);
      if (seconds === undefined) throw error;
      await pause(seconds, signal);
    }
  }

  #call(name: keyof Operations, input: object): Promise<unknown> {
    return call(this.#transport, OPERATIONS[name], input);
  }
}
