import { sql } from 'kysely';
import { recordAct } from './audit.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';
import { narrowSchedules } from './scenario-schedules.ts';
import type { ScenarioEnvironment, ScenarioNeeds, ScenarioSettings } from './scenario-tables.ts';
import type { Tenant } from './tenant.ts';

/** A scenario at one of its versions, without its code. */
export interface ListedScenario {
  readonly id: string;
  readonly ordinal: string;
  readonly name: string;
  readonly version: number;
  readonly settings: ScenarioSettings;
  readonly needs: ScenarioNeeds;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredScenario extends ListedScenario {
  readonly code: string;
  readonly environment: ScenarioEnvironment | null;
}

/** What a version is made of. */
export type ScenarioContent = Pick<StoredScenario, 'name' | 'code' | 'settings' | 'needs' | 'environment'>;

export interface StoredScenarioVersion {
  readonly version: number;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface DeletedScenario {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly deletedAt: Date;
  /** From then on it cannot be restored. */
  readonly purgeAt: Date;
}

const LISTED = [
  'scenario.id',
  'scenario.ordinal',
  'scenario_version.name',
  'scenario_version.version',
  'scenario_version.settings',
  'scenario_version.needs',
  'scenario.created_at as createdAt',
  'scenario_version.created_at as updatedAt',
] as const;

const WHOLE = ['scenario_version.code', 'scenario_version.environment'] as const;

/** Scenarios of a project that are not deleted, at their newest version. */
const current = (tx: Store, projectId: string) =>
  tx
    .selectFrom('scenario')
    .innerJoin('scenario_version', (join) =>
      join
        .onRef('scenario_version.scenario_id', '=', 'scenario.id')
        .onRef('scenario_version.version', '=', 'scenario.version'),
    )
    .where('scenario.project_id', '=', projectId)
    .where('scenario.deleted_at', 'is', null);

/** The scenarios of one project: every query is bound to it. */
export class ScenarioStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  /** The newest first, those before `before` in order of creation. */
  list(limit: number, before: string | undefined): Promise<ListedScenario[]> {
    return this.#tenant((tx) => {
      const query = current(tx, this.#projectId).select(LISTED).orderBy('scenario.ordinal', 'desc').limit(limit);
      return (before === undefined ? query : query.where('scenario.ordinal', '<', before)).execute();
    });
  }

  async count(): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      tx
        .selectFrom('scenario')
        .where('project_id', '=', this.#projectId)
        .where('deleted_at', 'is', null)
        .select(sql<string>`count(*)`.as('total'))
        .executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  find(id: string): Promise<StoredScenario | undefined> {
    return this.#tenant((tx) => findScenario(tx, this.#projectId, id));
  }

  findVersion(id: string, version: number): Promise<StoredScenario | undefined> {
    return this.#tenant((tx) => findScenarioVersion(tx, this.#projectId, id, version));
  }

  /** All of them with their code, in order of creation, some at a time. */
  async *all(batch: number): AsyncGenerator<StoredScenario> {
    let after = '0';
    for (;;) {
      const found = await this.#tenant((tx) =>
        current(tx, this.#projectId)
          .where('scenario.ordinal', '>', after)
          .select(LISTED)
          .select(WHOLE)
          .orderBy('scenario.ordinal')
          .limit(batch)
          .execute(),
      );
      yield* found;
      if (found.length < batch) return;
      after = found.at(-1)?.ordinal ?? after;
    }
  }

  versions(id: string): Promise<StoredScenarioVersion[]> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('scenario_version')
        .innerJoin('scenario', 'scenario.id', 'scenario_version.scenario_id')
        .where('scenario.project_id', '=', this.#projectId)
        .where('scenario.deleted_at', 'is', null)
        .where('scenario.id', '=', id)
        .orderBy('scenario_version.version', 'desc')
        .select([
          'scenario_version.version',
          'scenario_version.name',
          'scenario_version.created_at as createdAt',
          'scenario_version.created_by as createdBy',
        ])
        .execute(),
    );
  }

  create(id: string, content: ScenarioContent, author: Principal): Promise<StoredScenario> {
    return this.#tenant(async (tx) => {
      const { name } = content;
      await tx
        .insertInto('scenario')
        .values({ id, workspace_id: author.workspaceId, project_id: this.#projectId, version: 1, name })
        .execute();
      await addVersion(tx, id, 1, content, author);
      await recordAct(tx, author, { action: 'scenario.created', subjectId: id, details: { name } });
      return (await findScenario(tx, this.#projectId, id)) as StoredScenario;
    });
  }

  /**
   * Adds a version, unless it would be as the newest one is.
   * @param change sees the newest one, which cannot change meanwhile
   * @returns undefined when there is no such scenario
   */
  update(
    id: string,
    author: Principal,
    change: (
      newest: StoredScenario,
      tx: Store,
    ) => Promise<{ content: ScenarioContent; details?: Readonly<Record<string, unknown>> }>,
  ): Promise<StoredScenario | undefined> {
    return this.#tenant(async (tx) => {
      // Locked before it is read: a join that waits for a lock sees the new row beside its old version.
      await tx.selectFrom('scenario').where('id', '=', id).select('id').forUpdate().execute();
      const newest = await findScenario(tx, this.#projectId, id);
      if (newest === undefined) return undefined;
      const { content, details } = await change(newest, tx);
      if (isSame(newest, content)) return newest;
      const version = newest.version + 1;
      await addVersion(tx, id, version, content, author);
      await tx
        .updateTable('scenario')
        .set({ version, name: content.name, updated_at: sql`now()` })
        .where('id', '=', id)
        .execute();
      // Its schedules would run the new code with more than whoever wrote it may.
      const narrowed = content.code === newest.code ? 0 : await narrowSchedules(tx, id, author.scopes);
      const more = { ...details, version, ...(narrowed === 0 ? {} : { schedules_narrowed: narrowed }) };
      await recordAct(tx, author, { action: 'scenario.changed', subjectId: id, details: more });
      return findScenario(tx, this.#projectId, id);
    });
  }

  /**
   * @param check sees its version, which cannot change meanwhile
   * @param and joins the transaction
   * @returns whether there was one to delete
   */
  delete(
    id: string,
    author: Principal,
    check: (version: number) => void,
    and: (tx: Store) => Promise<void>,
  ): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const found = await tx
        .selectFrom('scenario')
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .where('deleted_at', 'is', null)
        .select('version')
        .forUpdate()
        .executeTakeFirst();
      if (found === undefined) return false;
      check(found.version);
      await tx
        .updateTable('scenario')
        .set({ deleted_at: sql`now()`, purge_at: PURGE_AT })
        .where('id', '=', id)
        .execute();
      await recordAct(tx, author, { action: 'scenario.deleted', subjectId: id });
      await and(tx);
      return true;
    });
  }

  /** Takes a deletion back. Undefined when there is no such scenario; one that is not deleted stays as it is. */
  restore(id: string, author: Principal): Promise<StoredScenario | undefined> {
    return this.#tenant(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('scenario')
        // That it comes into its project is looked at anew: that may have been deleted meanwhile.
        .set({ deleted_at: null, purge_at: null, project_id: this.#projectId })
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .where('purge_at', '>', sql<Date>`now()`)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await recordAct(tx, author, { action: 'scenario.restored', subjectId: id });
      return findScenario(tx, this.#projectId, id);
    });
  }

  /** The last deleted first. */
  listDeleted(limit: number): Promise<DeletedScenario[]> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('scenario')
        .where('project_id', '=', this.#projectId)
        .where('purge_at', '>', sql<Date>`now()`)
        .orderBy('deleted_at', 'desc')
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .select(['id', 'name', 'version'])
        .select([sql<Date>`deleted_at`.as('deletedAt'), sql<Date>`purge_at`.as('purgeAt')])
        .execute(),
    );
  }
}

export const findScenario = (tx: Store, projectId: string, id: string): Promise<StoredScenario | undefined> =>
  current(tx, projectId).where('scenario.id', '=', id).select(LISTED).select(WHOLE).executeTakeFirst();

/** One of the versions of a scenario that is not deleted. */
export const findScenarioVersion = (
  tx: Store,
  projectId: string,
  id: string,
  version: number,
): Promise<StoredScenario | undefined> =>
  tx
    .selectFrom('scenario')
    .innerJoin('scenario_version', 'scenario_version.scenario_id', 'scenario.id')
    .where('scenario.project_id', '=', projectId)
    .where('scenario.deleted_at', 'is', null)
    .where('scenario.id', '=', id)
    .where('scenario_version.version', '=', version)
    .select(LISTED)
    .select(WHOLE)
    .executeTakeFirst();

const isSame = (one: ScenarioContent, other: ScenarioContent): boolean =>
  one.name === other.name &&
  one.code === other.code &&
  one.settings.retryOnCrash === other.settings.retryOnCrash &&
  one.settings.timeoutSeconds === other.settings.timeoutSeconds;

async function addVersion(
  tx: Store,
  id: string,
  version: number,
  { name, code, settings, needs, environment }: ScenarioContent,
  author: Principal,
): Promise<void> {
  await tx
    .insertInto('scenario_version')
    .values({
      scenario_id: id,
      workspace_id: author.workspaceId,
      version,
      name,
      code,
      settings: JSON.stringify(settings),
      needs: JSON.stringify(needs),
      environment: environment === null ? null : JSON.stringify(environment),
      created_by: author.personId,
    })
    .execute();
}
