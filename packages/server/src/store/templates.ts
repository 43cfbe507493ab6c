import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema, TemplateDocument } from './schema.ts';

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

/** The templates of one project: every query is bound to it. */
export class TemplateStore {
  readonly #store: Store;
  readonly #projectId: string;

  constructor(store: Store, projectId: string) {
    this.#store = store;
    this.#projectId = projectId;
  }

  /** Templates that are not deleted, at their newest version. */
  #current(store: Store = this.#store) {
    return store
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
  list(limit: number, before: string | undefined): Promise<StoredTemplate[]> {
    const query = this.#current().orderBy('template.ordinal', 'desc').limit(limit);
    return (before === undefined ? query : query.where('template.ordinal', '<', before)).execute();
  }

  async count(): Promise<number> {
    const { total } = await this.#store
      .selectFrom('template')
      .where('project_id', '=', this.#projectId)
      .where('deleted_at', 'is', null)
      .select(sql<string>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    return Number(total);
  }

  find(id: string): Promise<StoredTemplate | undefined> {
    return this.#current().where('template.id', '=', id).executeTakeFirst();
  }

  findMany(ids: readonly string[]): Promise<StoredTemplate[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : this.#current()
          .where('template.id', 'in', [...ids])
          .execute();
  }

  findVersion(id: string, version: number): Promise<StoredTemplate | undefined> {
    return this.#store
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
      .executeTakeFirst();
  }

  versions(id: string): Promise<StoredVersion[]> {
    return this.#store
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
      .execute();
  }

  async create(id: string, name: string, document: TemplateDocument, author: string): Promise<StoredTemplate> {
    return this.#store.transaction().execute(async (tx) => {
      await tx.insertInto('template').values({ id, project_id: this.#projectId, version: 1 }).execute();
      await this.#addVersion(tx, id, 1, name, document, author);
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
    author: string,
    change: (
      current: StoredTemplate,
      templates: TemplateStore,
    ) => Promise<{ name: string; document: TemplateDocument }>,
  ): Promise<StoredTemplate | undefined> {
    return this.#store.transaction().execute(async (tx) => {
      // Locked before it is read: a join that waits for a lock sees the new template beside its old version.
      await tx.selectFrom('template').where('id', '=', id).select('id').forUpdate().execute();
      const current = await this.#current(tx).where('template.id', '=', id).executeTakeFirst();
      if (current === undefined) return undefined;
      const { name, document } = await change(current, new TemplateStore(tx, this.#projectId));
      const version = current.version + 1;
      await this.#addVersion(tx, id, version, name, document, author);
      await tx.updateTable('template').set({ version, updated_at: sql`now()` }).where('id', '=', id).execute();
      return this.#current(tx).where('template.id', '=', id).executeTakeFirst();
    });
  }

  async #addVersion(
    tx: Store,
    id: string,
    version: number,
    name: string,
    document: TemplateDocument,
    author: string,
  ): Promise<void> {
    await tx
      .insertInto('template_version')
      .values({ template_id: id, version, name, document: JSON.stringify(document), created_by: author })
      .execute();
  }

  /** Whether there was one to delete. */
  async delete(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#store
      .updateTable('template')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('project_id', '=', this.#projectId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
