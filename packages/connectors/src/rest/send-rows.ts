import { randomUUID } from 'node:crypto';
import { ConnectionError } from '../connection-error.ts';
import { shown } from '../http/base-url.ts';
import { eachAtOnce } from '../http/each-at-once.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type HttpAnswer, textOf } from '../http/http-request.ts';
import type { RowOutcome, SentRows } from '../http/insert-rows.ts';
import { parseJson, toJson } from '../http/json.ts';
import { at } from '../http/json-pointer.ts';
import type { InsertOptions } from '../session.ts';
import type { Row, Value } from '../value.ts';
import type { RestOptions } from './config.ts';

/** Puts rows into a path, each by itself or in lists, as the connection says. */
export class RowSender {
  readonly #client: HttpClient;
  readonly #options: RestOptions;
  readonly #url: URL;
  readonly #insert: InsertOptions;
  /** What makes the request that begins with a row repeatable. */
  readonly #keyOf: (row: number) => string;
  #count = 0;

  constructor(client: HttpClient, options: RestOptions, url: URL, insert: InsertOptions) {
    this.#client = client;
    this.#options = options;
    this.#url = url;
    this.#insert = insert;
    const insertId = randomUUID();
    this.#keyOf = insert.requestKey ?? ((row) => `${insertId}-${row}`);
  }

  send(rows: readonly Row[]): Promise<SentRows> {
    return this.#options.mode === 'batch' ? this.#together(rows) : this.#oneByOne(rows);
  }

  async #oneByOne(rows: readonly Row[]): Promise<SentRows> {
    const outcomes: RowOutcome[] = rows.map(() => ({ kind: 'unsent' }));
    const first = this.#count;
    this.#count += rows.length;
    try {
      await eachAtOnce(rows, this.#options.concurrency, async (row, i) => {
        const answer = await this.#post(toJson(row), first + i).catch((error: unknown) => {
          outcomes[i] = lostRow(error);
          throw error;
        });
        outcomes[i] = this.#outcomeOf(answer, () => at(bodyOf(answer), this.#options.createdPointer));
        if (answer.status === 401) throw refused(answer);
      });
    } catch (error) {
      return { outcomes, error };
    }
    return { outcomes };
  }

  async #together(rows: readonly Row[]): Promise<SentRows> {
    const { wrapperKey, createdPointer } = this.#options;
    const first = this.#count;
    this.#count += rows.length;
    const body = toJson(wrapperKey === undefined ? rows : { [wrapperKey]: rows });
    try {
      const answer = await this.#post(body, first);
      const made = at(bodyOf(answer), createdPointer);
      const list = Array.isArray(made) && made.length === rows.length ? made : [];
      const outcomes = rows.map((_, i) => this.#outcomeOf(answer, () => list[i]));
      return answer.status === 401 ? { outcomes, error: refused(answer) } : { outcomes };
    } catch (error) {
      return { outcomes: rows.map(() => lostRow(error)), error };
    }
  }

  #post(body: string, row: number): Promise<HttpAnswer> {
    const { method, idempotencyHeader } = this.#options;
    const key = idempotencyHeader === undefined ? {} : { [idempotencyHeader.toLowerCase()]: this.#keyOf(row) };
    return this.#client.send({
      method,
      url: this.#url,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...key },
      body,
      ...(idempotencyHeader === undefined ? {} : { isRepeatable: true }),
      signal: this.#insert.signal,
    });
  }

  #outcomeOf(answer: HttpAnswer, made: () => Value | undefined): RowOutcome {
    const { status } = answer;
    if (status >= 200 && status < 300) return { kind: 'written', returned: this.#returned(made) };
    if (status === 409 && this.#insert.onConflict === 'skip') return { kind: 'skipped' };
    const isOpen = [500, 502, 504].includes(status);
    const message = isOpen ? `${status}: whether the row was kept is not known` : refused(answer).message;
    return { kind: 'failed', status, message, isOpen };
  }

  #returned(made: () => Value | undefined): Row {
    const { returning = [] } = this.#insert;
    if (returning.length === 0) return {};
    const row = made();
    const isRow = row !== null && typeof row === 'object' && !Array.isArray(row) && !(row instanceof Uint8Array);
    return Object.fromEntries(returning.map((name) => [name, isRow ? ((row as Row)[name] ?? null) : null]));
  }
}

/** What systems answer to an insert is theirs to choose: what is no JSON holds no row. */
function bodyOf(answer: HttpAnswer): Value | undefined {
  try {
    return answer.body.length === 0 ? undefined : parseJson(textOf(answer));
  } catch {
    return undefined;
  }
}

function lostRow(error: unknown): RowOutcome {
  if (!(error instanceof ConnectionError))
    return { kind: 'unknown', message: 'it was stopped while the row was on its way' };
  if (error.problem === 'unknown_outcome') return { kind: 'unknown', message: error.message };
  return { kind: 'unsent' };
}

/** The texts of systems quote what they refuse, so only the status is told. */
const refused = ({ status, url }: HttpAnswer): ConnectionError =>
  status >= 300 && status < 400
    ? new ConnectionError('protocol', `${shown(url)} leads elsewhere (${status}) instead of taking the row`)
    : status === 401
      ? new ConnectionError('auth', `${shown(url)} does not take these credentials (401)`)
      : new ConnectionError('constraint', `${shown(url)} refused it (${status})`);
