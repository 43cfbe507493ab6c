import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { recordAct } from './audit.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';
import type { Schema, TemplateDocument } from './schema.ts';
import { type Tenant, within } from './tenant.ts';

/** A template at one of its versions. */
export interface StoredTemplate {
  readonly id: string;
  readonly ordinal: string;
  readonly name: string;
  readonly version: number;
  readonly document: TemplateDocument;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredVersion extends Pick<Selectable<Schema['template_version']>, 'version' | 'name'> {
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface DeletedTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly deletedAt: Date;
  /** From then on it cannot be restored. */
  readonly purgeAt: Date;
}

/** The templates of one project: every query is bound to it. */
export class TemplateStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  /** Where else to look for what belongs to the project. */
  get scope(): { readonly tenant: Tenant; readonly projectId: string } {
    return { tenant: this.#tenant, projectId: this.#projectId };
  }

  /** Templates that are not deleted, at their newest version. */
  #current(tx: Store) {
    return tx
      .selectFrom('template')
      .innerJoin('template_version', (join) =>
        join
          .onRef('template_version.template_id', '=', 'template.id')
          .onRef('template_version.version', '=', 'template.version'),
      )
      .where('template.project_id', '=', this.#projectId)
      .where('template.deleted_at', 'is', null)
      .select([
        'template.id',
        'template.ordinal',
        'template_version.name',
        'template.version',
        'template_version.document',
        'template.created_at as createdAt',
        'template.updated_at as updatedAt',
      ]);
  }

  /** The newest first, those before `before` in order of creation. */
  /** @param name only those that are called that */
  list(limit: number, before: string | undefined, name: string | undefined): Promise<StoredTemplate[]> {
    return this.#tenant((tx) => {
      const all = this.#current(tx).orderBy('template.ordinal', 'desc').limit(limit);
      const query = name === undefined ? all : all.where('template_version.name', '=', name);
      return (before === undefined ? query : query.where('template.ordinal', '<', before)).execute();
    });
  }

  async count(name: string | undefined): Promise<number> {
    const { total } = await this.#tenant((tx) => {
      const all = tx
        .selectFrom('template')
        .where('template.project_id', '=', this.#projectId)
        .where('template.deleted_at', 'is', null);
      const some =
        name === undefined
          ? all
          : all
              .innerJoin('template_version', (join) =>
                join
                  .onRef('template_version.template_id', '=', 'template.id')
                  .onRef('template_version.version', '=', 'template.version'),
              )
              .where('template_version.name', '=', name);
      return some.select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
    });
    return Number(total);
  }

  find(id: string): Promise<StoredTemplate | undefined> {
    return this.#tenant((tx) => this.#current(tx).where('template.id', '=', id).executeTakeFirst());
  }

  findMany(ids: readonly string[]): Promise<StoredTemplate[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : this.#tenant((tx) =>
          this.#current(tx)
            .where('template.id', 'in', [...ids])
            .execute(),
        );
  }

  findVersion(id: string, version: number): Promise<StoredTemplate | undefined> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('template')
        .innerJoin('template_version', 'template_version.template_id', 'template.id')
        .where('template.project_id', '=', this.#projectId)
        .where('template.deleted_at', 'is', null)
        .where('template.id', '=', id)
        .where('template_version.version', '=', version)
        .select([
          'template.id',
          'template.ordinal',
          'template_version.name',
          'template_version.version',
          'template_version.document',
          'template.created_at as createdAt',
          'template_version.created_at as updatedAt',
        ])
        .executeTakeFirst(),
    );
  }

  versions(id: string): Promise<StoredVersion[]> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('template_version')
        .innerJoin('template', 'template.id', 'template_version.template_id')
        .where('template.project_id', '=', this.#projectId)
        .where('template.deleted_at', 'is', null)
        .where('template.id', '=', id)
        .orderBy('template_version.version', 'desc')
        .select([
          'template_version.version',
          'template_version.name',
          'template_version.created_at as createdAt',
          'template_version.created_by as createdBy',
        ])
        .execute(),
    );
  }

  async create(
    id: string,
    name: string,
    document: TemplateDocument,
    author: Principal,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<StoredTemplate> {
    return this.#tenant(async (tx) => {
      await tx
        .insertInto('template')
        .values({ id, workspace_id: author.workspaceId, project_id: this.#projectId, version: 1 })
        .execute();
      await this.#addVersion(tx, id, 1, name, document, author);
      await recordAct(tx, author, { action: 'template.created', subjectId: id, details });
      return this.#current(tx).where('template.id', '=', id).executeTakeFirstOrThrow();
    });
  }

  /**
   * Adds a version; `change` sees the newest one, which cannot change meanwhile, and reads others through the store it is
   * given: with a second connection for each, as many changes at once as the pool has connections would wait for each other.
   * Undefined when there is no such template.
   */
  async update(
    id: string,
    author: Principal,
    change: (
      current: StoredTemplate,
      templates: TemplateStore,
    ) => Promise<{ name: string; document: TemplateDocument; details?: Readonly<Record<string, unknown>> }>,
  ): Promise<StoredTemplate | undefined> {
    return this.#tenant(async (tx) => {
      // Locked before it is read: a join that waits for a lock sees the new template beside its old version.
      await tx.selectFrom('template').where('id', '=', id).select('id').forUpdate().execute();
      const current = await this.#current(tx).where('template.id', '=', id).executeTakeFirst();
      if (current === undefined) return undefined;
      const { name, document, details } = await change(
        current,
        new TemplateStore(within(tx, this.#tenant.blobs), this.#projectId),
      );
      const version = current.version + 1;
      await this.#addVersion(tx, id, version, name, document, author);
      await tx.updateTable('template').set({ version, updated_at: sql`now()` }).where('id', '=', id).execute();
      await recordAct(tx, author, { action: 'template.changed', subjectId: id, details: { ...details, version } });
      return this.#current(tx).where('template.id', '=', id).executeTakeFirst();
    });
  }

  async #addVersion(
    tx: Store,
    id: string,
    version: number,
    name: string,
    document: TemplateDocument,
    author: Principal,
  ): Promise<void> {
    await tx
      .insertInto('template_version')
      .values({
        template_id: id,
        workspace_id: author.workspaceId,
        version,
        name,
        document: JSON.stringify(document),
        created_by: author.personId,
      })
      .execute();
  }

  /** Several things together, all or none. */
  together<T>(use: (templates: TemplateStore) => Promise<T>): Promise<T> {
    return this.#tenant((tx) => use(new TemplateStore(within(tx, this.#tenant.blobs), this.#projectId)));
  }

  /** The last deleted first. */
  listDeleted(limit: number): Promise<DeletedTemplate[]> {
    return this.#tenant((tx) =>
      tx
        .selectFrom('template')
        .innerJoin('template_version', (join) =>
          join
            .onRef('template_version.template_id', '=', 'template.id')
            .onRef('template_version.version', '=', 'template.version'),
        )
        .where('template.project_id', '=', this.#projectId)
        .where('template.purge_at', '>', sql<Date>`now()`)
        .orderBy('template.deleted_at', 'desc')
        .orderBy('template.ordinal', 'desc')
        .limit(limit)
        .select(['template.id', 'template_version.name', 'template.version'])
        .select([sql<Date>`template.deleted_at`.as('deletedAt'), sql<Date>`template.purge_at`.as('purgeAt')])
        .execute(),
    );
  }

  /** Takes a deletion back. Undefined when there is no such template; one that is not deleted stays as it is. */
  async restore(id: string, author: Principal): Promise<StoredTemplate | undefined> {
    return this.#tenant(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('template')
        // That it comes into its project is looked at anew: that may have been deleted meanwhile.
        .set({ deleted_at: null, purge_at: null, project_id: this.#projectId })
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .where('purge_at', '>', sql<Date>`now()`)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await recordAct(tx, author, { action: 'template.restored', subjectId: id });
      return this.#current(tx).where('template.id', '=', id).executeTakeFirst();
    });
  }

  /** Whether there was one to delete. @param check sees its version, which cannot change meanwhile */
  async delete(id: string, author: Principal, check: (version: number) => void): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const current = await tx
        .selectFrom('template')
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .where('deleted_at', 'is', null)
        .select('version')
        .forUpdate()
        .executeTakeFirst();
      if (current !== undefined) check(current.version);
      const { numUpdatedRows } = await tx
        .updateTable('template')
        .set({ deleted_at: sql`now()`, purge_at: PURGE_AT })
        .where('id', '=', id)
        .where('project_id', '=', this.#projectId)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await recordAct(tx, author, { action: 'template.deleted', subjectId: id });
      return true;
    });
  }
}
