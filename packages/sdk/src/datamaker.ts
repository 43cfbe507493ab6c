import { type AnyInput, type CallOptions, call, type Inputs } from './call.ts';
import { DataMakerError } from './datamaker-error.ts';
import { OPERATIONS, type Operations, type Run } from './generated/api.ts';
import { OPERATIONS as DATAGEN, type Operations as DataGenOperations } from './generated/datagen.ts';
import type { GenerateOptions, RowStream, Rows } from './generation.ts';
import { pause } from './http/pause.ts';
import { Transport } from './http/transport.ts';
import { type Page, pages } from './pages.ts';
import { Connection } from './resources/connection.ts';
import { Jobs } from './resources/jobs.ts';
import { Scenario } from './resources/scenario.ts';
import { Template } from './resources/template.ts';

export interface DataMakerOptions {
  /** Where the server is. Default: `DM_URL`, else `http://127.0.0.1:3000`. */
  readonly url?: string | undefined;
  /** Default: `DM_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** The project to work in. Default: `DM_PROJECT_ID`, else that of the key, or the oldest. */
  readonly projectId?: string | undefined;
  /** Milliseconds until the head of an answer has to be there. Default 150,000: a push of rows may take the server two minutes. */
  readonly timeout?: number | undefined;
  /** How often a request is sent again. Default 5. */
  readonly retries?: number | undefined;
  /** In place of the runtime's own. */
  readonly fetch?: typeof fetch | undefined;
}

type Named<T, answer> = { readonly [name in keyof T]: T[name] extends { answer: answer } ? name : never }[keyof T];
type Lists = Named<Operations, Page<unknown>>;

/** Speaks with a DataMaker server. */
export class DataMaker {
  readonly #transport: Transport;

  /** @throws DataMakerError `not_configured`, when there is no key or the URL is none */
  constructor(options: DataMakerOptions = {}) {
    const key = options.apiKey ?? variable('DM_API_KEY');
    if (key === undefined) {
      const message = 'there is no key: set DM_API_KEY, or call new DataMaker({ apiKey })';
      throw new DataMakerError({ code: 'not_configured', message });
    }
    const project = options.projectId ?? variable('DM_PROJECT_ID');
    this.#transport = new Transport({
      url: rootOf(options.url ?? variable('DM_URL') ?? 'http://127.0.0.1:3000'),
      headers: {
        authorization: `Bearer ${key}`,
        ...(project === undefined ? {} : { 'x-datamaker-project': project }),
      },
      timeout: options.timeout ?? 150_000,
      retries: options.retries ?? 5,
      // A method of the global object in browsers, which will not be called without it.
      fetch: options.fetch ?? ((...all) => globalThis.fetch(...all)),
    });
  }

  /** A template, by its id or its name. */
  template(ref: string): Template {
    return new Template(this.#transport, ref);
  }

  /** A connection, by its id or its name. */
  connection(ref: string): Connection {
    return new Connection(this.#transport, ref);
  }

  /** A scenario, by its id or its name. */
  scenario(ref: string): Scenario {
    return new Scenario(this.#transport, ref);
  }

  /** Generations in parts, for more rows than one process should make. */
  get jobs(): Jobs {
    return new Jobs(this.#transport);
  }

  /** Rows of a template, in memory. */
  generate(template: string, options: GenerateOptions): Promise<Rows> {
    return this.template(template).generate(options);
  }

  /** Rows of a template, one at a time. */
  stream(template: string, options: GenerateOptions): RowStream {
    return this.template(template).stream(options);
  }

  /** Waits until a run has ended. @throws DataMakerError `run_failed`, with the run in `details`, when it ends otherwise than `done` */
  async wait(runId: string, { signal }: CallOptions = {}): Promise<Run> {
    for (;;) {
      // The server answers when it has ended, or after a while.
      const input = { path: { id: runId }, query: { wait: 'true' }, signal, timeout: 330_000 };
      const run = (await call(this.#transport, OPERATIONS.readRun, input)) as Run;
      if (run.state === 'done') return run;
      if (run.state !== 'queued' && run.state !== 'running') {
        throw new DataMakerError({ code: 'run_failed', message: `the run ended as ${run.state}`, details: { run } });
      }
      await pause(0.25, signal);
    }
  }

  /** Any operation of the REST API, by its name there. */
  async call<name extends keyof Operations>(
    name: name,
    ...all: Inputs<Operations>[name]
  ): Promise<Operations[name]['answer']> {
    return (await call(this.#transport, OPERATIONS[name], anyInput(all))) as Operations[name]['answer'];
  }

  /** Any operation of DataGen (`/api/v1`), by its name there. */
  async datagen<name extends keyof DataGenOperations>(
    name: name,
    ...all: Inputs<DataGenOperations>[name]
  ): Promise<DataGenOperations[name]['answer']> {
    return (await call(this.#transport, DATAGEN[name], anyInput(all))) as DataGenOperations[name]['answer'];
  }

  /** All items of a list, page by page. */
  async *list<name extends Lists>(
    name: name,
    query: Partial<Operations[name]['query']> = {},
  ): AsyncGenerator<Operations[name]['answer'] extends Page<infer item> ? item : never, void, undefined> {
    type Item = Operations[name]['answer'] extends Page<infer item> ? item : never;
    yield* pages(
      (cursor) => call(this.#transport, OPERATIONS[name], { query: { ...query, cursor } }) as Promise<Page<Item>>,
    );
  }
}

/** What the types have checked by then: the union of all operations is more than the compiler can hold. */
const anyInput = ([input]: readonly unknown[]): AnyInput => (input ?? {}) as AnyInput;

/** Browsers have no environment. */
function variable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}

function rootOf(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new DataMakerError({
    code: 'not_configured',
    message: 'the URL of the server begins with http:// or https://',
  });
}
