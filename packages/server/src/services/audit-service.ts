import type { Cursors } from '../security/cursor.ts';
import { type AuditFilter, countActs, listActs, recordAct, type StoredAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Tenant } from '../store/tenant.ts';
import { type Page, pageOf } from './page.ts';

/** Which acts somebody asks for. */
export type ActFilter = Omit<AuditFilter, 'before'>;

/** How many acts an export reads at a time. */
const BATCH = 1000;

/** Use-cases of the audit of a workspace. */
export class AuditService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
  }

  /** The newest first. @throws ApiError invalid_cursor */
  list(filter: ActFilter, limit: number, cursor: string | undefined): Promise<Page<StoredAct>> {
    const { workspaceId } = this.#principal;
    const { action, personId, subjectId, from, to } = filter;
    const shown = JSON.stringify([action, personId, subjectId, from, to]);
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope: `audit\0${workspaceId}\0${shown}`, limit, cursor },
        (most, before) => listActs(tx, workspaceId, most, { ...filter, before }),
        () => countActs(tx, workspaceId, filter),
      ),
    );
  }

  /** All acts there are when it begins, the newest first. That somebody took them away is an act as well. */
  async *export(filter: ActFilter): AsyncGenerator<readonly StoredAct[]> {
    const { workspaceId } = this.#principal;
    const read = (before: string | undefined): Promise<StoredAct[]> =>
      this.#tenant((tx) => listActs(tx, workspaceId, BATCH, { ...filter, before }));
    let batch = await read(undefined);
    const details = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    await this.#tenant((tx) => recordAct(tx, this.#principal, { action: 'audit.exported', projectId: null, details }));
    while (batch.length > 0) {
      yield batch;
      if (batch.length < BATCH) return;
      batch = await read(batch.at(-1)?.ordinal);
    }
  }
}
