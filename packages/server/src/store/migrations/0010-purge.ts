import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * When deleted templates are purged, as deleted sets are (nobody was told so of those that are deleted already: their time
 * begins now); what of a set is sensitive; and the wall between owners behind the DataGen door.
 */
export const m0010: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`ALTER TABLE template ADD COLUMN purge_at timestamptz`.execute(db);
    // The rows of all workspaces, whoever owns the table.
    await sql`ALTER TABLE template NO FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      UPDATE template SET purge_at = now() + interval '30 days' WHERE deleted_at IS NOT NULL`.execute(db);
    await sql`ALTER TABLE template FORCE ROW LEVEL SECURITY`.execute(db);
    await sql`
      ALTER TABLE template
        ADD CONSTRAINT template_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))`.execute(db);
    await sql`
      ALTER TABLE saved_set
        ADD CONSTRAINT set_purged_when_deleted CHECK ((deleted_at IS NULL) = (purge_at IS NULL))`.execute(db);
    // Which columns are sensitive; null, of versions from before this: nobody noted it.
    await sql`ALTER TABLE set_version ADD COLUMN sensitive json`.execute(db);
    await sql`CREATE INDEX template_purge ON template (purge_at) WHERE purge_at IS NOT NULL`.execute(db);
    await guardByOwner(db, 'datagen_usage', 'key_id');
    await guardByOwner(db, 'datagen_answer', 'key_id');
    await guardByOwner(db, 'datagen_contract', 'owner');
    // Keys by which it is found out who asks: they belong to no workspace, so that a transaction of one has none of them.
    for (const table of ['datagen_key', 'datagen_mint']) {
      await force(db, table);
      await sql`
        CREATE POLICY of_no_workspace ON ${sql.table(table)}
          USING ((SELECT coalesce(current_setting('datamaker.workspace', true), '')) = '')`.execute(db);
    }
  },
};

/** Shows rows of the DataGen door only to transactions that name their owner (`datagen/owner.ts`), one of several, or all. */
async function guardByOwner(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  await force(db, table);
  const named = sql`(SELECT coalesce(current_setting('datamaker.owner', true), ''))`;
  await sql`
    CREATE POLICY of_owner ON ${sql.table(table)}
      USING (${sql.ref(column)} = ANY (string_to_array(${named}, ',')) OR ${named} = '*')`.execute(db);
}

async function force(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`ALTER TABLE ${sql.table(table)} ENABLE ROW LEVEL SECURITY`.execute(db);
  await sql`ALTER TABLE ${sql.table(table)} FORCE ROW LEVEL SECURITY`.execute(db);
}
