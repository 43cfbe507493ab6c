import { conflict } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { recordAct } from '../store/audit.ts';
import {
  addCounter,
  advanceCounter,
  type CounterScope,
  countCounters,
  listCounters,
  MAX_COUNT,
  peekCounter,
  removeCounter,
  resetCounter,
  type StoredCounter,
} from '../store/counters.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import type { Tenant } from '../store/tenant.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';

/** Most counters of a workspace. */
export const MAX_COUNTERS = 1000;
/** Most numbers that are taken at a time. */
export const MAX_BLOCK = 1_000_000;

/** Numbers that were given: all from `first` to `last`. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** Use-cases of counters, for one project. A counter that was never counted is at 0, and need not be made. */
export class CounterService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
  }

  /** The newest first. @throws ApiError invalid_cursor */
  list(limit: number, cursor: string | undefined): Promise<Page<StoredCounter>> {
    const { projectId } = this.#principal;
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope: `counters\0${projectId}`, limit, cursor },
        (most, before) => listCounters(tx, this.#principal, most, before),
        () => countCounters(tx, { projectId }),
      ),
    );
  }

  /** The number that was given last; 0 when there was none. */
  peek = (name: string): Promise<number> => this.#tenant((tx) => peekCounter(tx, this.#principal, name));

  /** Counts on: nobody else gets these numbers. @throws ApiError conflict */
  next = (name: string, count: number): Promise<Block> =>
    this.#tenant((tx) => takeBlock(tx, this.#principal, name, count));

  /** Lets the next number be 1 again. */
  async reset(name: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const last = await resetCounter(tx, this.#principal, name);
      if (last !== undefined) await this.#record(tx, 'counter.reset', name, last);
    });
  }

  /** @throws ApiError not_found */
  async delete(name: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const last = (await removeCounter(tx, this.#principal, name)) ?? missing('counter', name);
      await this.#record(tx, 'counter.deleted', name, last);
    });
  }

  #record(tx: Store, action: string, name: string, value: number): Promise<void> {
    return recordAct(tx, this.#principal, { action, subjectId: name, details: { value } });
  }
}

/** Takes numbers of a counter, which is made when it is not there. @throws ApiError conflict when there are too many, or it is at its end */
export async function takeBlock(tx: Store, scope: CounterScope, name: string, count: number): Promise<Block> {
  let last = await advanceCounter(tx, scope, name, count);
  if (last === undefined) {
    // Two at once may make one too many: the bound is there so that they do not grow without end.
    if (
      (await countCounters(tx, { workspaceId: scope.workspaceId })) >= MAX_COUNTERS &&
      !(await isThere(tx, scope, name))
    ) {
      throw conflict('too_many_counters', `a workspace has at most ${MAX_COUNTERS} counters`, 'delete some first');
    }
    await addCounter(tx, scope, name);
    last = await advanceCounter(tx, scope, name, count);
  }
  if (last === undefined) {
    throw conflict('counter_exhausted', `the counter gives no numbers beyond ${MAX_COUNT}`, 'reset it, or use another');
  }
  return { first: last - count + 1, last };
}

const isThere = async (tx: Store, { projectId }: CounterScope, name: string): Promise<boolean> =>
  (await tx
    .selectFrom('counter')
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .select('value')
    .executeTakeFirst()) !== undefined;
