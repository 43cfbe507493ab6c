import { randomUUID } from 'node:crypto';
import { ConnectionError } from '../connection-error.ts';
import { eachAtOnce } from '../http/each-at-once.ts';
import { type HttpAnswer, textOf } from '../http/http-request.ts';
import type { RowOutcome, SentRows } from '../http/insert-rows.ts';
import { parseJson, toJson } from '../http/json.ts';
import type { InsertOptions } from '../session.ts';
import type { Row } from '../value.ts';
import { type BatchAnswer, type BatchRequest, readBatch, writeBatch } from './batch-format.ts';
import type { ODataOptions } from './config.ts';
import type { Version } from './edm-value.ts';
import { etagOf, fromEntity, isObject, pathOfKey, toEntity } from './entity.ts';
import { keysWithin } from './keys-within.ts';
import type { EntitySet } from './metadata/model.ts';
import { acceptOf } from './read-entities.ts';
import type { Service } from './service.ts';
import { refusalError, sayRefusal } from './translate-error.ts';

/** A service says so where it does not know $batch. */
const NO_BATCH = new Set([404, 405, 501]);

/** Of something in between, which does not know what the service did. */
export const LOST = new Set([502, 504]);

/** Puts rows into an entity set: many in a $batch, or each by itself, or by what is there already. */
export class EntitySender {
  readonly #service: Service;
  readonly #set: EntitySet;
  readonly #version: Version;
  readonly #options: ODataOptions;
  readonly #insert: InsertOptions;
  #hasBatch: boolean;

  constructor(service: Service, set: EntitySet, version: Version, options: ODataOptions, insert: InsertOptions) {
    this.#service = service;
    this.#set = set;
    this.#version = version;
    this.#options = options;
    this.#insert = insert;
    this.#hasBatch = options.mode === 'batch';
  }

  async send(rows: readonly Row[]): Promise<SentRows> {
    const outcomes: RowOutcome[] = rows.map(() => ({ kind: 'unsent' }));
    const bodies = new Map<number, string>();
    for (const [i, row] of rows.entries()) {
      try {
        bodies.set(i, toJson(toEntity(row, this.#set.type, this.#version, true)));
      } catch (error) {
        // A column that is not there is so in every row.
        if (!(error instanceof ConnectionError) || error.problem !== 'value') return { outcomes, error };
        outcomes[i] = { kind: 'failed', status: null, message: error.message };
      }
    }
    const { onConflict = 'fail' } = this.#insert;
    try {
      if (onConflict !== 'fail') await this.#byKey(rows, bodies, outcomes, onConflict);
      else if (this.#hasBatch) await this.#inBatches(rows, bodies, outcomes);
      else await this.#oneByOne(rows, bodies, outcomes);
    } catch (error) {
      return { outcomes, error };
    }
    return { outcomes };
  }

  async #oneByOne(rows: readonly Row[], bodies: ReadonlyMap<number, string>, outcomes: RowOutcome[]): Promise<void> {
    await eachAtOnce([...bodies], this.#options.concurrency, async ([i, body]) => {
      outcomes[i] = await this.#tracked(outcomes, i, () => this.#create(body, rows[i]));
    });
  }

  /** Looks each row up before: what a service says of a key that is there already is different in each. */
  async #byKey(
    rows: readonly Row[],
    bodies: ReadonlyMap<number, string>,
    outcomes: RowOutcome[],
    onConflict: 'skip' | 'update',
  ): Promise<void> {
    // Rows of one key come one after the other, so that the last of them is the one that stays.
    const byPath = new Map<string, (readonly [number, string])[]>();
    for (const one of bodies) {
      const path = this.#pathOf(rows[one[0]] ?? {}) ?? `new ${one[0]}`;
      byPath.set(path, [...(byPath.get(path) ?? []), one]);
    }
    await eachAtOnce([...byPath.values()], this.#options.concurrency, async (same) => {
      for (const [i, body] of same) {
        const row = rows[i] ?? {};
        const path = this.#pathOf(row);
        const there = path === undefined ? undefined : await this.#lookUp(path);
        outcomes[i] = await this.#tracked(outcomes, i, async () => {
          if (path === undefined || there === undefined) return this.#create(body, row);
          return onConflict === 'skip' ? { kind: 'skipped' } : this.#update(path, row, there.etag);
        });
      }
    });
  }

  /** Undefined: without a key it is one that the system makes, and such a row is new. */
  #pathOf(row: Row): string | undefined {
    const hasKey = this.#set.type.keys.every((name) => row[name] !== undefined && row[name] !== null);
    return hasKey ? pathOfKey(this.#set, row, this.#version) : undefined;
  }

  async #lookUp(path: string): Promise<{ etag: string | undefined } | undefined> {
    const { signal } = this.#insert;
    const answer = await this.#service.read({ method: 'GET', path, headers: this.#headers(), signal });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusalError({ status: answer.status, body: textOf(answer) }, this.#set.name);
    const entity = entityOf(textOf(answer));
    return { etag: answer.headers['etag'] ?? (entity === undefined ? undefined : etagOf(entity)) };
  }

  async #create(body: string, row: Row | undefined): Promise<RowOutcome> {
    const answer = await this.#service.change({
      method: 'POST',
      path: this.#set.name,
      headers: { ...this.#headers(), 'content-type': contentTypeOf(this.#version) },
      body,
      signal: this.#insert.signal,
    });
    return this.#outcomeOf(asBatchAnswer(answer), row);
  }

  /** Only what changes is sent; If-Match names the version that was seen, so that somebody else's change is not lost. */
  async #update(path: string, row: Row, etag: string | undefined): Promise<RowOutcome> {
    const { keys, navigations } = this.#set.type;
    const within = Object.keys(row).find((name) => navigations.has(name));
    if (within !== undefined) {
      const message = `it is there already, and ${within} is put in with a new row only`;
      return { kind: 'failed', status: null, message };
    }
    const changes = Object.fromEntries(Object.entries(row).filter(([name]) => !keys.includes(name)));
    const answer = await this.#service.change({
      method: this.#version === 'v2' ? 'MERGE' : 'PATCH',
      path,
      headers: {
        ...this.#headers(),
        'content-type': contentTypeOf(this.#version),
        ...(etag === undefined ? {} : { 'if-match': etag }),
      },
      body: toJson(toEntity(changes, this.#set.type, this.#version)),
      isRepeatable: true,
      signal: this.#insert.signal,
    });
    if (answer.status < 300) return { kind: 'written', returned: this.#returned(row) };
    return this.#outcomeOf(asBatchAnswer(answer), row);
  }

  async #inBatches(rows: readonly Row[], bodies: ReadonlyMap<number, string>, outcomes: RowOutcome[]): Promise<void> {
    let left = [...bodies];
    while (left.length > 0) {
      const answers = await this.#batch(left, outcomes);
      if (answers === undefined) return this.#oneByOne(rows, new Map(left), outcomes);
      const isWhole = this.#options.changeSet === 'batch';
      const [first = []] = answers;
      const flat = isWhole
        ? left.map((_, i) => (first.length === left.length ? first[i] : first[0]))
        : answers.map(([one]) => one);
      for (const [i, answer] of flat.entries()) {
        const [row] = left[i] ?? [];
        if (row !== undefined && answer !== undefined) outcomes[row] = this.#outcomeOf(answer, rows[row]);
      }
      if (flat.length === 0 || flat.includes(undefined)) throw incomplete();
      // Some services stop at the first set that they refuse: the others were not looked at.
      left = left.slice(flat.length);
    }
  }

  /** @returns undefined: the service knows no batches */
  async #batch(
    rows: readonly (readonly [number, string])[],
    outcomes: RowOutcome[],
  ): Promise<BatchAnswer[][] | undefined> {
    const boundary = `batch_${randomUUID()}`;
    const requests = rows.map(
      ([, body]): BatchRequest => ({
        method: 'POST',
        path: this.#set.name,
        headers: { 'Content-Type': contentTypeOf(this.#version), Accept: acceptOf(this.#version) },
        body,
      }),
    );
    const answer = await this.#service
      .change({
        method: 'POST',
        path: '$batch',
        headers: {
          'content-type': `multipart/mixed; boundary=${boundary}`,
          accept: 'multipart/mixed',
          ...(this.#version === 'v4' ? { 'odata-version': '4.0', prefer: 'odata.continue-on-error' } : {}),
        },
        body: writeBatch(this.#options.changeSet === 'row' ? requests.map((one) => [one]) : [requests], boundary),
        signal: this.#insert.signal,
      })
      .catch((error: unknown) => {
        for (const [i] of rows) outcomes[i] = lostRow(error);
        throw error;
      });
    if (NO_BATCH.has(answer.status)) {
      this.#hasBatch = false;
      return undefined;
    }
    const unknown = (message: string, cause?: unknown): ConnectionError => {
      for (const [i] of rows) outcomes[i] = { kind: 'unknown', message };
      return unknownOutcome(message, cause);
    };
    if (LOST.has(answer.status) || answer.status === 500) throw unknown(`$batch was answered with ${answer.status}`);
    if (answer.status >= 300) throw refusalError({ status: answer.status, body: textOf(answer) }, '$batch');
    try {
      return readBatch(answer.body, answer.headers['content-type']);
    } catch (error) {
      throw unknown('the answer to $batch cannot be read', error);
    }
  }

  async #tracked(outcomes: RowOutcome[], i: number, work: () => Promise<RowOutcome>): Promise<RowOutcome> {
    try {
      return await work();
    } catch (error) {
      outcomes[i] = lostRow(error);
      throw error;
    }
  }

  #outcomeOf({ status, body }: BatchAnswer, row: Row | undefined): RowOutcome {
    if (status < 300) {
      const entity = entityOf(body);
      const made = entity === undefined ? (row ?? {}) : fromEntity(entity, this.#set.type, this.#version);
      return { kind: 'written', returned: this.#returned(made, row) };
    }
    const isOpen = LOST.has(status);
    const message = isOpen ? `${status}: whether the row was kept is not known` : sayRefusal({ status, body }, row);
    return { kind: 'failed', status, message, isOpen };
  }

  /** @param sent of a row that was put in */
  #returned(made: Row, sent: Row = {}): Row {
    const { returning = [] } = this.#insert;
    const { type } = this.#set;
    const isDeep = returning.some((name) => type.navigations.has(name));
    const all = isDeep ? { ...made, ...keysWithin(sent, made, type) } : made;
    return Object.fromEntries(returning.map((name) => [name, all[name] ?? null]));
  }

  #headers(): Record<string, string> {
    return { accept: acceptOf(this.#version), ...(this.#version === 'v4' ? { 'odata-version': '4.0' } : {}) };
  }
}

/** Of what is sent. */
export const contentTypeOf = (version: Version): string =>
  version === 'v4' ? 'application/json;IEEE754Compatible=true' : 'application/json';

/** The entity in an answer: `{d: …}` of V2, bare in V4. */
export function entityOf(body: string) {
  if (!body.trimStart().startsWith('{')) return undefined;
  const json = parseJson(body);
  const inner = isObject(json) && isObject(json['d']) ? json['d'] : json;
  // Some services of V2 put a new entity under `results`.
  if (isObject(inner) && isObject(inner['results'])) return inner['results'];
  return isObject(inner) ? inner : undefined;
}

const asBatchAnswer = (answer: HttpAnswer): BatchAnswer => ({
  status: answer.status,
  headers: answer.headers,
  body: textOf(answer),
});

function lostRow(error: unknown): RowOutcome {
  if (!(error instanceof ConnectionError))
    return { kind: 'unknown', message: 'it was stopped while the row was on its way' };
  return error.problem === 'unknown_outcome' ? { kind: 'unknown', message: error.message } : { kind: 'unsent' };
}

const incomplete = (): ConnectionError =>
  unknownOutcome('the service answered fewer parts of a batch than it was sent');

const unknownOutcome = (message: string, cause?: unknown): ConnectionError =>
  new ConnectionError('unknown_outcome', `${message}: whether the rows were kept is not known`, {
    hint: 'look into the system before you send the same again, or use options.mode: "row"',
    cause,
  });
