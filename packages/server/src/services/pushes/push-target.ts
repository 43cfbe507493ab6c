import { type Column, ConnectionError, type Connector, type Row, type Rows, type Session } from '@datamaker/connectors';
import { identityText } from '@datamaker/seeding/records';
import type { PushPlan } from '../../store/push-receipt-table.ts';
import { canLook, keyColumnsOf, keyRows, presentKeys } from './present-keys.ts';

/** Rows that something tells apart. */
type Told = Pick<PushPlan, 'table' | 'identity'>;

/** A system that a push goes to, while a session with it is open: what can be known of rows that are in it. */
export class PushTarget {
  readonly session: Session;
  readonly #connector: Pick<Connector, 'type' | 'capabilities'>;
  readonly #plan: PushPlan;
  readonly #columns = new Map<string, readonly Column[]>();
  #isRefused = false;

  constructor(session: Session, connector: Pick<Connector, 'type' | 'capabilities'>, plan: PushPlan) {
    this.session = session;
    this.#connector = connector;
    this.#plan = plan;
  }

  /** Whether a chunk is kept as a whole or not at all. */
  get isWhole(): boolean {
    return this.#connector.capabilities.transactions;
  }

  /** Whether rows that are sent again do no harm: they are changed, or left out, by keys that come from the template. */
  get isRepeatable(): boolean {
    const { onConflict, identity } = this.#plan;
    return onConflict !== 'fail' && identity?.by === 'template' && this.#connector.capabilities.upsert;
  }

  /** Whether the system itself knows a request that it has seen. */
  get knowsRequests(): boolean {
    return this.#connector.type === 'rest' && this.#plan.options['idempotencyHeader'] !== undefined;
  }

  /** Whether it can be asked for keys. */
  get canLook(): boolean {
    return this.#plan.identity !== null && canLook(this.session, this.#connector.type);
  }

  /**
   * Makes sure that no COMMIT of this run is still on its way, from a session that broke or a worker that slept. To be called before
   * rows are looked for, and again in each transaction. Does nothing where the system has no such thing, or refuses it.
   * @throws ConnectionError
   */
  async claim(runId: string, signal: AbortSignal): Promise<void> {
    if (!this.isWhole || this.isRepeatable || this.#isRefused) return;
    try {
      await this.session.claim?.(runId, signal);
    } catch (error) {
      if (!(error instanceof ConnectionError) || error.isTransient) throw error;
      this.#isRefused = true;
    }
  }

  /** Which of the rows are there, each for itself. @param of what they are rows of; default: the push @throws ConnectionError */
  async present(rows: Rows, signal: AbortSignal, of: Told = this.#plan): Promise<readonly boolean[]> {
    const { identity, table } = of;
    const names = identity?.columns ?? [];
    const columns = await this.keyColumns(of);
    const keys = keyRows(rows, names);
    const found = await presentKeys(this.session, this.#connector.type, table, columns, keys, signal);
    return keys.map((key) => found?.has(identityText(columns, key)) === true);
  }

  /** How many of the keys are there. */
  async count(keys: readonly Row[], signal: AbortSignal): Promise<number> {
    const columns = await this.keyColumns();
    const found = await presentKeys(this.session, this.#connector.type, this.#plan.table, columns, keys, signal);
    return found?.size ?? 0;
  }

  async keyColumns({ identity, table }: Told = this.#plan): Promise<readonly Column[]> {
    const id = JSON.stringify([table.schema, table.name]);
    const known = this.#columns.get(id) ?? (await keyColumnsOf(this.session, table, identity?.columns ?? []));
    this.#columns.set(id, known);
    return known;
  }
}
