import { createHash } from 'node:crypto';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';
import { again, answerOf, ask, bodyOf, type Json, notInDryRun } from './asking.ts';
import type { WritePlan } from './write-plan.ts';

const PAGE = 10_000;
/** More rows are not made for a set that nobody keeps. */
const MOST_MADE = 10_000;

interface KeptSet {
  readonly version: number;
  readonly rows: readonly Json[];
  readonly seed: string | null;
}

/** Sets that a dry run would have saved or deleted, as it sees them itself. */
export class KeptSets {
  readonly #plan: WritePlan;
  /** null: deleted. */
  readonly #sets = new Map<string, KeptSet | null>();

  constructor(plan: WritePlan) {
    this.#plan = plan;
  }

  async save(request: BrokerRequest, api: BrokerHandler): Promise<BrokerResponse> {
    const { bytes, json } = await bodyOf(request);
    const { name } = json;
    // The API says what is wrong with it: it saves nothing without a name.
    if (typeof name !== 'string' || name === '' || !name.isWellFormed()) return api(again(request, bytes));
    const made = await this.#rowsOf(request, api, json);
    this.#plan.add({
      action: 'save_set',
      connection: null,
      target: name,
      rows: made?.rows.length ?? null,
      first_rows: made?.rows ?? [],
    });
    if (made === undefined) return notInDryRun(`to save the set ${JSON.stringify(name.slice(0, 80))}`);
    const before = this.#sets.get(name);
    const known = before ?? (await ask(api, request, 'GET', `/sets/${encodeURIComponent(name)}?limit=1`)).json;
    const version =
      (typeof known['version' as keyof typeof known] === 'number'
        ? Number(known['version' as keyof typeof known])
        : 0) + 1;
    this.#sets.set(name, { version, ...made });
    const lines = made.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const sha256 = createHash('sha256').update(lines).digest('hex');
    return answerOf(201, { name, version, row_count: made.rows.length, sha256, seed: made.seed });
  }

  async read(request: BrokerRequest, api: BrokerHandler, name: string): Promise<BrokerResponse> {
    const kept = this.#sets.get(name);
    const query = new URL(request.path, 'http://datamaker').searchParams;
    const version = query.get('version');
    if (kept === null) return answerOf(404, noSet(name));
    if (kept === undefined || (version !== null && Number(version) !== kept.version)) return api(request);
    const offset = Number(query.get('offset') ?? 0);
    const limit = Number(query.get('limit') ?? PAGE);
    const rows = kept.rows.slice(offset, offset + limit);
    const next = offset + rows.length < kept.rows.length ? offset + rows.length : null;
    return answerOf(200, {
      name,
      version: kept.version,
      row_count: kept.rows.length,
      seed: kept.seed,
      rows,
      next_offset: next,
    });
  }

  async delete(request: BrokerRequest, api: BrokerHandler, name: string): Promise<BrokerResponse> {
    const kept = this.#sets.get(name);
    const there =
      kept === undefined
        ? (await ask(api, request, 'GET', `/sets/${encodeURIComponent(name)}?limit=1`)).status === 200
        : kept !== null;
    if (!there) return answerOf(404, noSet(name));
    this.#plan.add({ action: 'delete_set', connection: null, target: name, rows: null, first_rows: [] });
    this.#sets.set(name, null);
    return answerOf(204);
  }

  async #rowsOf(
    request: BrokerRequest,
    api: BrokerHandler,
    { rows, template_id: template, count, seed }: Json,
  ): Promise<Omit<KeptSet, 'version'> | undefined> {
    if (Array.isArray(rows)) return { rows: rows as Json[], seed: null };
    if (typeof template !== 'string' || !template.isWellFormed() || typeof count !== 'number' || count > MOST_MADE)
      return undefined;
    const order = { count, ...(seed === undefined ? {} : { seed }) };
    const made = await ask(api, request, 'POST', `/templates/${encodeURIComponent(template)}/generate`, order);
    if (made.status !== 200 || !Array.isArray(made.json)) return undefined;
    return { rows: made.json as Json[], seed: typeof seed === 'string' ? seed : null };
  }
}

const noSet = (name: string) => ({
  error: {
    code: 'not_found',
    message: `there is no set ${JSON.stringify(name.slice(0, 80))}`,
    details: {},
    request_id: 'req_dry_run',
  },
});
