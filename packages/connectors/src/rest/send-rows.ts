import { randomUUID } from 'node:crypto';
import { ConnectionError } from '../connection-error.ts';
import { shown } from '../http/base-url.ts';
import { eachAtOnce } from '../http/each-at-once.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type HttpAnswer, isTurnedAway, textOf } from '../http/http-request.ts';
import type { RowOutcome, SentRows } from '../http/insert-rows.ts';
import { parseJson } from '../http/json.ts';
import { at } from '../http/json-pointer.ts';
import type { InsertOptions } from '../session.ts';
import type { Row, Value } from '../value.ts';
import type { RestConfig, RestOptions } from './config.ts';
import { keyOfRemoval } from './key-of-removal.ts';
import { madeKey } from './removal.ts';
import type { Target } from './target.ts';

/** Puts rows into a path, each by itself or in lists, as the connection says. */
export class RowSender {
  readonly #client: HttpClient;
  /** The URL of the connection. */
  readonly #base: string;
  readonly #options: RestOptions;
  readonly #target: Target;
  readonly #insert: InsertOptions;
  /** What makes the request that begins with a row repeatable. */
  readonly #keyOf: (row: number) => string;
  #count = 0;

  constructor(client: HttpClient, { url, options }: RestConfig, target: Target, insert: InsertOptions) {
    this.#client = client;
    this.#base = url;
    this.#options = options;
    this.#target = target;
    this.#insert = insert;
    const insertId = randomUUID();
    this.#keyOf = insert.requestKey ?? ((row) => `${insertId}-${row}`);
  }

  send(rows: readonly Row[]): Promise<SentRows> {
    return this.#target.mode === 'batch' ? this.#inLists(rows) : this.#oneByOne(rows);
  }

  async #oneByOne(rows: readonly Row[]): Promise<SentRows> {
    const outcomes: RowOutcome[] = rows.map(() => ({ kind: 'unsent' }));
    const first = this.#count;
    this.#count += rows.length;
    try {
      await eachAtOnce(rows, this.#options.concurrency, async (row, i) => {
        const answer = await this.#post([row], first + i).catch((error: unknown) => {
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

  /** Rows that go to one place go together. */
  async #inLists(rows: readonly Row[]): Promise<SentRows> {
    const first = this.#count;
    this.#count += rows.length;
    if (this.#target.isOnePlace) return this.#together(rows, first);
    const outcomes: RowOutcome[] = rows.map(() => ({ kind: 'unsent' }));
    let places: Iterable<[number, Row][]>;
    try {
      places = Map.groupBy(rows.entries(), ([, row]) => this.#target.urlOf(row).href).values();
    } catch (error) {
      return { outcomes, error };
    }
    for (const same of places) {
      const sent = await this.#together(
        same.map(([, row]) => row),
        first + (same[0]?.[0] ?? 0),
      );
      for (const [at, [i]] of same.entries()) outcomes[i] = sent.outcomes[at] ?? { kind: 'unsent' };
      if (sent.error !== undefined) return { outcomes, error: sent.error };
    }
    return { outcomes };
  }

  /** @param first the number of the first of them */
  async #together(rows: readonly Row[], first: number): Promise<SentRows> {
    const { createdPointer } = this.#options;
    try {
      const answer = await this.#post(rows, first);
      const isWanted = (this.#insert.returning ?? []).length > 0;
      const made = isWanted ? at(bodyOf(answer), createdPointer) : undefined;
      const list = Array.isArray(made) && made.length === rows.length ? made : [];
      const outcomes = rows.map((_, i) => this.#outcomeOf(answer, () => list[i]));
      return answer.status === 401 ? { outcomes, error: refused(answer) } : { outcomes };
    } catch (error) {
      return { outcomes: rows.map(() => lostRow(error)), error };
    }
  }

  async #post(rows: readonly Row[], row: number): Promise<HttpAnswer> {
    const { method } = this.#target;
    const { idempotencyHeader } = this.#options;
    const key = idempotencyHeader === undefined ? {} : { [idempotencyHeader.toLowerCase()]: this.#keyOf(row) };
    return this.#client.send({
      method,
      url: this.#target.urlOf(rows[0] ?? {}),
      headers: { 'content-type': 'application/json', accept: 'application/json', ...key },
      body: this.#target.bodyOf(rows),
      ...(idempotencyHeader === undefined ? {} : { isRepeatable: true }),
      signal: this.#insert.signal,
    });
  }

  #outcomeOf(answer: HttpAnswer, made: () => Value | undefined): RowOutcome {
    const { status } = answer;
    if (status >= 200 && status < 300) {
      return (this.#insert.returning ?? []).length === 0
        ? WRITTEN
        : { kind: 'written', returned: this.#returned(answer, made) };
    }
    if (status === 409 && this.#insert.onConflict === 'skip') return { kind: 'skipped' };
    const isOpen = [500, 502, 503, 504].includes(status) && !isTurnedAway(answer);
    const message = isOpen ? `${status}: whether the row was kept is not known` : refused(answer).message;
    return { kind: 'failed', status, message, isOpen };
  }

  #returned(answer: HttpAnswer, made: () => Value | undefined): Row {
    const { returning = [] } = this.#insert;
    const { delete: removal } = this.#options;
    const row = made();
    // What a row is removed by may stand deeper within it, or beside it.
    const key = removal === undefined ? {} : { [keyOfRemoval(removal)]: madeKey(removal, this.#base, answer, row) };
    const isRow = row !== null && typeof row === 'object' && !Array.isArray(row) && !(row instanceof Uint8Array);
    const told: Row = { ...(isRow ? (row as Row) : {}), ...key };
    return Object.fromEntries(returning.map((name) => [name, told[name] ?? null]));
  }
}

/** Of rows of which nothing is wanted back. */
const WRITTEN: RowOutcome = { kind: 'written', returned: {} };

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
