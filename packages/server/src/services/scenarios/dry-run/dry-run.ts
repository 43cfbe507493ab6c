import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';
import type { Between } from '../broker/open-run-broker.ts';
import type { ScriptLog } from '../broker/script-log.ts';
import { again, answerOf, ask, bodyOf, type Json, notInDryRun } from './asking.ts';
import { isReading } from './is-reading.ts';
import { KeptFiles } from './kept-files.ts';
import { KeptSets } from './kept-sets.ts';
import { type PlannedWrite, WritePlan } from './write-plan.ts';

/** What the API makes or tells without changing anything of anybody's. All other requests are writes. */
const READING_POSTS = [
  /^\/templates\/[^/]+\/(generate|preview)$/,
  /^\/(mask|scenarios\/validate)$/,
  /^\/(connections|runs)\/[^/]+\/verify$/,
  /^\/api\/v1\/(generate|validate|infer-schema|generate-ai(\/stream)?)$/,
];
/** Names of sets that the Python package makes for a moment, to read more rows than an answer has. */
const PASSING_SET = /^fetched \w+/;
const VERBS = { fail: 'insert', skip: 'insert', update: 'upsert' } as const;
const OVER_HTTP = new Set(['rest', 'sap_odata']);
const MOST_STATEMENT = 500;

type Connection = NonNullable<PlannedWrite['connection']> & { readonly isReadOnly: boolean };
type Route = (asked: Asked, match: readonly string[]) => Promise<BrokerResponse>;

interface Asked {
  readonly request: BrokerRequest;
  readonly api: BrokerHandler;
  readonly log: ScriptLog;
}

/**
 * Stands before the API in a dry run: what reads goes on to it, what writes becomes a part of the plan and is answered as if it had
 * worked. That nothing is written through a connection does not rest on this: sessions that are opened for the run are for reading only.
 */
export class DryRun {
  readonly #plan: WritePlan;
  readonly #sets: KeptSets;
  readonly #files: KeptFiles;
  readonly #connections = new Map<string, Connection>();
  /** Runs that were never made, by id. */
  readonly #runs = new Map<string, Json>();
  readonly #passing = new Set<string>();

  /** @param sensitive names of fields whose values are not to be seen */
  constructor(sensitive: readonly string[]) {
    this.#plan = new WritePlan(sensitive);
    this.#sets = new KeptSets(this.#plan);
    this.#files = new KeptFiles(this.#plan);
  }

  get plan(): WritePlan['shown'] {
    return this.#plan.shown;
  }

  around: Between = (api, log) => async (request) => {
    const [path = ''] = request.path.split('?');
    const asked = { request, api, log };
    for (const [method, pattern, route] of this.#routes) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (match !== null) return route(asked, match.slice(1).map(decodeURIComponent));
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead || (request.method === 'POST' && READING_POSTS.some((one) => one.test(path)))) return api(request);
    const what = `${request.method} ${path.slice(0, MOST_STATEMENT)}`;
    this.#plan.add({
      action: request.method,
      connection: null,
      target: path.slice(0, MOST_STATEMENT),
      rows: null,
      first_rows: [],
    });
    return notInDryRun(what);
  };

  readonly #routes: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
    ['POST', /^\/connections\/([^/]+)\/rows$/, (asked, [id = '']) => this.#rows(asked, id)],
    ['POST', /^\/connections\/([^/]+)\/execute$/, (asked, [id = '']) => this.#execute(asked, id)],
    ['POST', /^\/connections\/([^/]+)\/(push|seed)$/, (asked, [id = '', kind = '']) => this.#makeRun(asked, id, kind)],
    ['POST', /^\/connections\/[^/]+\/fetch$/, (asked) => this.#fetch(asked)],
    ['POST', /^\/runs\/([^/]+)\/undo$/, (asked, [id = '']) => this.#undo(asked, id)],
    ['POST', /^\/runs\/(run_dry\w+)\/verify$/, async () => answerOf(200, { ok: true, tables: [] })],
    ['GET', /^\/runs\/(run_dry\w+)$/, async (_, [id = '']) => answerOf(200, this.#runs.get(id))],
    ['POST', /^\/sets$/, ({ request, api }) => this.#sets.save(request, api)],
    ['GET', /^\/sets\/([^/]+)$/, ({ request, api }, [name = '']) => this.#sets.read(request, api, name)],
    [
      'DELETE',
      /^\/sets\/([^/]+)$/,
      ({ request, api }, [name = '']) =>
        this.#passing.delete(name) ? api(request) : this.#sets.delete(request, api, name),
    ],
    ['POST', /^\/workspace\/files$/, ({ request }) => this.#files.write(request)],
    ['GET', /^\/workspace\/files\/(.+)$/, ({ request, api }, [name = '']) => this.#files.read(request, api, name)],
    ['DELETE', /^\/workspace\/files\/(.+)$/, ({ request, api }, [name = '']) => this.#files.delete(request, api, name)],
  ];

  /** Rows that are given, or those of a template. */
  async #rows({ request, api, log }: Asked, id: string): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    const connection = await this.#connection(request, api, id);
    // The API says why not, and writes nothing through it either.
    if (connection === undefined || connection.isReadOnly) return api(again(request, bytes));
    const found = await this.#rowsOf(request, api, json);
    if (found === undefined) return api(again(request, bytes));
    const { rows, count, seed } = found;
    const action = OVER_HTTP.has(connection.type)
      ? 'post'
      : (VERBS[json['on_conflict'] as keyof typeof VERBS] ?? 'insert');
    const table = String(json['table']);
    this.#add(connection, { action, target: table, rows: count, first_rows: rows });
    log.tell(`${action.toUpperCase()} ${table} → ${count === 1 ? '1 row' : `${count} rows`}, not sent`);
    const columns = Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, name]));
    const none = { skipped: 0, failed: 0, failures: [] };
    const place = { schema: json['schema'] ?? '', name: table };
    return answerOf(200, { sent: count, written: count, ...none, table: place, columns, seed });
  }

  async #execute({ request, api, log }: Asked, id: string): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    const connection = await this.#connection(request, api, id);
    const sql = String(json['sql'] ?? '');
    if (connection === undefined || connection.isReadOnly) return api(again(request, bytes));
    if (isReading(sql)) {
      const { 'idempotency-key': _, ...headers } = request.headers;
      const answer = await api(again({ ...request, headers }, bytes));
      if (answer.status !== 409) return answer;
      // It does more than to read, in a function or below a WITH.
      answer.body.destroy();
    }
    this.#add(connection, { action: 'execute', target: sql.slice(0, MOST_STATEMENT), rows: null, first_rows: [] });
    log.tell(`${/^[\s(]*([a-z]{1,20})\b/i.exec(sql)?.[1]?.toUpperCase() ?? 'STATEMENT'}, not sent`);
    return answerOf(200, { columns: [], rows: [], more: false });
  }

  /** A push or a seed, which goes on when its request was answered: there is a run of it, which is done at once. */
  async #makeRun({ request, api, log }: Asked, id: string, kind: string): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    const connection = await this.#connection(request, api, id);
    if (connection === undefined || connection.isReadOnly) return api(again(request, bytes));
    const count = kind === 'push' && typeof json['count'] === 'number' ? json['count'] : null;
    const found =
      kind === 'push' ? await this.#rowsOf(request, api, { ...json, count: Math.min(count ?? 1, 3) }) : undefined;
    const target = kind === 'push' ? String(json['table']) : connection.name;
    this.#add(connection, { action: kind, target, rows: count, first_rows: found?.rows ?? [] });
    log.tell(`${kind.toUpperCase()} ${target}${count === null ? '' : ` → ${count} rows`}, not sent`);
    return this.#ranOnce(kind, { sent: count ?? 0, written: count ?? 0, skipped: 0, failed: 0, dry_run: true });
  }

  #ranOnce(kind: string, result: Json): BrokerResponse {
    const id = `run_dry${String(this.#runs.size + 1).padStart(17, '0')}`;
    const now = new Date().toISOString();
    const times = { created_at: now, started_at: now, ended_at: now };
    const progress = { rows: 0, bytes: 0, total: 0 };
    this.#runs.set(id, {
      id,
      kind,
      state: 'done',
      params: {},
      progress,
      attempt: 1,
      output: null,
      error: null,
      result,
      ...times,
    });
    return answerOf(202, { run_id: id, state: 'queued' });
  }

  /** Looks what would be removed, and removes nothing. */
  async #undo({ request, api, log }: Asked, id: string): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    if (json['dryRun'] === true) return api(again(request, bytes));
    let report: Json = {};
    if (!this.#runs.has(id)) {
      const looked = await ask(api, request, 'POST', `/runs/${encodeURIComponent(id)}/undo`, { ...json, dryRun: true });
      if (looked.status >= 400) return answerOf(looked.status, looked.json);
      report = looked.json;
    }
    this.#plan.add({ action: 'undo', connection: null, target: id, rows: null, first_rows: [] });
    log.tell(`UNDO ${id}, not done`);
    return this.#ranOnce('undo', report);
  }

  /** A set for a moment is made all the same: it is gone by the end of the call. */
  async #fetch({ request, api }: Asked): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    const name = String(json['set'] ?? '');
    if (PASSING_SET.test(name)) {
      this.#passing.add(name);
      return api(again(request, bytes));
    }
    this.#plan.add({ action: 'save_set', connection: null, target: name, rows: null, first_rows: [] });
    return notInDryRun(`to fetch rows into the set ${JSON.stringify(name.slice(0, 80))}`);
  }

  async #connection(request: BrokerRequest, api: BrokerHandler, id: string): Promise<Connection | undefined> {
    const known = this.#connections.get(id);
    if (known !== undefined) return known;
    const { status, json } = await ask(api, request, 'GET', `/connections/${encodeURIComponent(id)}`);
    if (status !== 200) return undefined;
    const connection = {
      id,
      name: String(json['name']),
      type: String(json['type']),
      isReadOnly: json['readOnly'] === true,
    };
    this.#connections.set(id, connection);
    return connection;
  }

  /** Undefined: the API knows better what is wrong. */
  async #rowsOf(
    request: BrokerRequest,
    api: BrokerHandler,
    body: Json,
  ): Promise<{ rows: readonly Json[]; count: number; seed: string | null } | undefined> {
    const { rows, template_id: template, count, seed, overrides } = body;
    if (Array.isArray(rows)) return { rows: rows as Json[], count: rows.length, seed: null };
    if (typeof template !== 'string' || !template.isWellFormed() || typeof count !== 'number') return undefined;
    const order = {
      count: Math.min(count, 3),
      ...(seed === undefined ? {} : { seed }),
      ...(overrides === undefined ? {} : { overrides }),
    };
    const made = await ask(api, request, 'POST', `/templates/${encodeURIComponent(template)}/generate`, order);
    if (made.status !== 200) return undefined;
    const first = Array.isArray(made.json) ? (made.json as Json[]) : [];
    return { rows: first, count, seed: typeof seed === 'string' ? seed : null };
  }

  #add({ id, name, type }: Connection, write: Pick<PlannedWrite, 'action' | 'target' | 'rows' | 'first_rows'>): void {
    this.#plan.add({ connection: { id, name, type }, ...write });
  }
}
