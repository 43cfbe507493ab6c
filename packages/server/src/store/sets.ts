import { sql } from 'kysely';
import { newId } from '../ids.ts';
import { recordAct } from './audit.ts';
import { type FileUsage, lockFiles, usageOf } from './files.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import { PURGE_AT } from './purge.ts';
import type { SetRecipe } from './schema.ts';
import type { Tenant } from './tenant.ts';

/** A set at one of its versions. */
export interface StoredSet {
  readonly id: string;
  readonly ordinal: string;
  readonly name: string;
  readonly version: number;
  readonly rows: number;
  /** Of the rows as lines of JSON. */
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly columns: readonly string[];
  /** Those of the columns that are; null: nobody noted it. */
  readonly sensitive: readonly string[] | null;
  readonly templateId: string | null;
  readonly templateVersion: number | null;
  readonly seed: string | null;
  readonly engineVersion: string | null;
  /** Whether the rows are made anew, in place of being stored. */
  readonly isRecipe: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** A set that can be restored. */
export interface DeletedSet extends StoredSet {
  readonly deletedAt: Date;
  /** From then on it cannot be restored. */
  readonly purgeAt: Date;
}

/** Lines of JSON, deflated. */
export interface Chunk {
  readonly firstRow: number;
  readonly rows: number;
  readonly data: Buffer;
}

/** What a version is made of. */
export interface SetContent
  extends Omit<StoredSet, 'id' | 'ordinal' | 'name' | 'version' | 'isRecipe' | 'createdAt' | 'createdBy'> {
  /** null: the rows are stored in chunks. */
  readonly recipe: SetRecipe | null;
  readonly chunks: readonly Chunk[];
}

/** Throws when the workspace may not have so many bytes of rows beside what it has. */
export type Room = (usage: FileUsage, bytes: number) => void;

/** The saved sets of one project: every query is bound to it. */
export class SetStore {
  readonly #tenant: Tenant;
  readonly #projectId: string;

  constructor(tenant: Tenant, projectId: string) {
    this.#tenant = tenant;
    this.#projectId = projectId;
  }

  #versions(tx: Store) {
    return this.#all(tx).where('saved_set.deleted_at', 'is', null);
  }

  /** Also of deleted sets. */
  #all(tx: Store) {
    return tx
      .selectFrom('saved_set')
      .innerJoin('set_version', 'set_version.set_id', 'saved_set.id')
      .where('saved_set.project_id', '=', this.#projectId)
      .select([
        'saved_set.id',
        'saved_set.ordinal',
        'saved_set.name',
        'set_version.version',
        'set_version.row_count',
        'set_version.byte_count',
        'set_version.sha256',
        'set_version.columns',
        'set_version.sensitive',
        'set_version.template_id as templateId',
        'set_version.template_version as templateVersion',
        'set_version.seed',
        'set_version.engine_version as engineVersion',
        sql<boolean>`set_version.recipe IS NOT NULL`.as('isRecipe'),
        'set_version.created_at as createdAt',
        'set_version.created_by as createdBy',
      ]);
  }

  #newest(tx: Store) {
    return this.#versions(tx).whereRef('set_version.version', '=', 'saved_set.version');
  }

  /** The newest versions, the newest set first, those before `before` in order of creation. */
  list(limit: number, before: string | undefined): Promise<StoredSet[]> {
    return this.#tenant(async (tx) => {
      const query = this.#newest(tx).orderBy('saved_set.ordinal', 'desc').limit(limit);
      const found = await (before === undefined ? query : query.where('saved_set.ordinal', '<', before)).execute();
      return found.map(toSet);
    });
  }

  async count(): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      tx
        .selectFrom('saved_set')
        .where('project_id', '=', this.#projectId)
        .where('deleted_at', 'is', null)
        .select(sql<string>`count(*)`.as('total'))
        .executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  /** Deleted sets at their newest version, the newest set first, those before `before` in order of creation. */
  listDeleted(limit: number, before: string | undefined): Promise<DeletedSet[]> {
    return this.#tenant(async (tx) => {
      const query = this.#all(tx)
        .whereRef('set_version.version', '=', 'saved_set.version')
        .where('saved_set.purge_at', '>', sql<Date>`now()`)
        .select([sql<Date>`saved_set.deleted_at`.as('deletedAt'), sql<Date>`saved_set.purge_at`.as('purgeAt')])
        .orderBy('saved_set.ordinal', 'desc')
        .limit(limit);
      const found = await (before === undefined ? query : query.where('saved_set.ordinal', '<', before)).execute();
      return found.map(({ deletedAt, purgeAt, ...raw }) => ({ ...toSet(raw), deletedAt, purgeAt }));
    });
  }

  async countDeleted(): Promise<number> {
    const { total } = await this.#tenant((tx) =>
      tx
        .selectFrom('saved_set')
        .where('project_id', '=', this.#projectId)
        .where('purge_at', '>', sql<Date>`now()`)
        .select(sql<string>`count(*)`.as('total'))
        .executeTakeFirstOrThrow(),
    );
    return Number(total);
  }

  /** The newest version of a set, or the one that is named. */
  find(name: string, version?: number): Promise<StoredSet | undefined> {
    return this.#tenant(async (tx) => {
      const query = (
        version === undefined ? this.#newest(tx) : this.#versions(tx).where('set_version.version', '=', version)
      ).where('saved_set.name', '=', name);
      const found = await query.executeTakeFirst();
      return found && toSet(found);
    });
  }

  /** All versions, the newest first. */
  versions(name: string): Promise<StoredSet[]> {
    return this.#tenant(async (tx) => {
      const found = await this.#versions(tx)
        .where('saved_set.name', '=', name)
        .orderBy('set_version.version', 'desc')
        .execute();
      return found.map(toSet);
    });
  }

  /** What makes the rows of a version that is a recipe. */
  recipe({ id, version }: Pick<StoredSet, 'id' | 'version'>): Promise<SetRecipe> {
    return this.#tenant(async (tx) => {
      const { recipe } = await tx
        .selectFrom('set_version')
        .where('set_id', '=', id)
        .where('version', '=', version)
        .select('recipe')
        .executeTakeFirstOrThrow();
      if (recipe === null) throw new Error(`set ${id} has no recipe`);
      return recipe;
    });
  }

  /** The chunk of a version that has a row. */
  chunkAt({ id, version }: Pick<StoredSet, 'id' | 'version'>, row: number): Promise<Chunk | undefined> {
    return this.#tenant(async (tx) => {
      const found = await tx
        .selectFrom('set_chunk')
        .where('set_id', '=', id)
        .where('version', '=', version)
        .where('first_row', '<=', String(row))
        .orderBy('first_row', 'desc')
        .select(['first_row', 'row_count', 'data'])
        .executeTakeFirst();
      return found && { firstRow: Number(found.first_row), rows: found.row_count, data: found.data };
    });
  }

  /** Adds a set, or a version of one that is there. @throws what `room` throws */
  async add(name: string, content: SetContent, room: Room, author: Principal): Promise<StoredSet> {
    return this.#tenant(async (tx) => {
      const { id, version } = await tx
        .insertInto('saved_set')
        .values({ id: newId('set'), workspace_id: author.workspaceId, project_id: this.#projectId, name, version: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['project_id', 'name'])
            .where('deleted_at', 'is', null)
            .doUpdateSet({ version: sql<number>`saved_set.version + 1`, updated_at: sql`now()` }),
        )
        .returning(['id', 'version'])
        .executeTakeFirstOrThrow();
      const common = { set_id: id, workspace_id: author.workspaceId, version };
      await tx
        .insertInto('set_version')
        .values({
          ...common,
          row_count: String(content.rows),
          byte_count: String(content.bytes),
          sha256: content.sha256,
          columns: JSON.stringify(content.columns),
          sensitive: JSON.stringify(content.sensitive),
          template_id: content.templateId,
          template_version: content.templateVersion,
          seed: content.seed,
          engine_version: content.engineVersion,
          recipe: content.recipe === null ? null : JSON.stringify(content.recipe),
          created_by: author.personId,
        })
        .execute();
      for (const { firstRow, rows, data } of content.chunks) {
        await tx
          .insertInto('set_chunk')
          .values({ ...common, first_row: String(firstRow), row_count: rows, data })
          .execute();
      }
      if (content.recipe === null) await this.#checkRoom(tx, content.bytes, room, author);
      const details = { name, version, rows: content.rows, template_id: content.templateId };
      await recordAct(tx, author, { action: 'set.saved', subjectId: id, details });
      const saved = await this.#newest(tx).where('saved_set.id', '=', id).executeTakeFirstOrThrow();
      return toSet(saved);
    });
  }

  /** Looks last, at what is there with the rows already: nobody who counts waits while they are written. */
  async #checkRoom(tx: Store, bytes: number, room: Room, { workspaceId }: Principal): Promise<void> {
    await lockFiles(tx, workspaceId);
    const usage = await usageOf(tx);
    room({ ...usage, bytes: usage.bytes - bytes }, bytes);
  }

  /** Marks a set as deleted; it is purged later. @returns false when there is none */
  async delete(name: string, author: Principal): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const deleted = await tx
        .updateTable('saved_set')
        .set({ deleted_at: sql`now()`, purge_at: PURGE_AT })
        .where('project_id', '=', this.#projectId)
        .where('name', '=', name)
        .where('deleted_at', 'is', null)
        .returning(['id', 'version'])
        .executeTakeFirst();
      if (deleted === undefined) return false;
      const details = { name, version: deleted.version };
      await recordAct(tx, author, { action: 'set.deleted', subjectId: deleted.id, details });
      return true;
    });
  }

  /**
   * Takes a deletion back: that of the set with an id, or of the one that had a name and was deleted last. A set that is there
   * already stays as it is.
   * @param as what the set is called from now on
   * @returns undefined when there is none
   * @throws the database's error `saved_set_name`, when another set is called that; what `room` throws
   */
  async restore(
    name: string,
    id: string | undefined,
    as: string,
    room: Room,
    author: Principal,
  ): Promise<StoredSet | undefined> {
    return this.#tenant(async (tx) => {
      const named = tx.selectFrom('saved_set').where('project_id', '=', this.#projectId).where('name', '=', name);
      const asked = id === undefined ? named : named.where('id', '=', id);
      const deleted = await asked
        .where('purge_at', '>', sql<Date>`now()`)
        .orderBy('deleted_at', 'desc')
        .orderBy('ordinal', 'desc')
        .limit(1)
        .select(['id', 'version'])
        .forUpdate()
        .executeTakeFirst();
      if (deleted === undefined) {
        const there = this.#newest(tx).where('saved_set.name', '=', name);
        const found = await (id === undefined ? there : there.where('saved_set.id', '=', id)).executeTakeFirst();
        return found && toSet(found);
      }
      await tx
        .updateTable('saved_set')
        // That it comes into its project is looked at anew: that may have been deleted meanwhile.
        .set({ name: as, deleted_at: null, purge_at: null, project_id: this.#projectId })
        .where('id', '=', deleted.id)
        .execute();
      const { bytes } = await tx
        .selectFrom('set_version')
        .where('set_id', '=', deleted.id)
        .where('recipe', 'is', null)
        .select(sql<string>`coalesce(sum(byte_count), 0)`.as('bytes'))
        .executeTakeFirstOrThrow();
      if (Number(bytes) > 0) await this.#checkRoom(tx, Number(bytes), room, author);
      const details = { name: as, version: deleted.version, ...(as === name ? {} : { from: name }) };
      await recordAct(tx, author, { action: 'set.restored', subjectId: deleted.id, details });
      return toSet(await this.#newest(tx).where('saved_set.id', '=', deleted.id).executeTakeFirstOrThrow());
    });
  }
}

type Raw = Omit<StoredSet, 'rows' | 'bytes'> & { readonly row_count: string; readonly byte_count: string };

const toSet = ({ row_count, byte_count, ...rest }: Raw): StoredSet => ({
  ...rest,
  rows: Number(row_count),
  bytes: Number(byte_count),
});
