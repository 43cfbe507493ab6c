import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

export type StoredMapping = Selectable<Schema['column_mapping']>;

/** Which fields go where, as somebody has said. */
export const findMapping = (tx: Store, templateId: string, connectionId: string): Promise<StoredMapping | undefined> =>
  tx
    .selectFrom('column_mapping')
    .where('template_id', '=', templateId)
    .where('connection_id', '=', connectionId)
    .selectAll()
    .executeTakeFirst();

/** Keeps it, in place of the one before. */
export const keepMapping = (
  tx: Store,
  mapping: Omit<StoredMapping, 'updated_at' | 'columns'> & { readonly columns: string },
): Promise<StoredMapping> => {
  const { table_schema, table_name, columns, updated_by } = mapping;
  return tx
    .insertInto('column_mapping')
    .values(mapping)
    .onConflict((conflict) =>
      conflict
        .columns(['template_id', 'connection_id'])
        .doUpdateSet({ table_schema, table_name, columns, updated_by, updated_at: sql`now()` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
};

/** @returns whether there was one */
export async function removeMapping(tx: Store, templateId: string, connectionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('column_mapping')
    .where('template_id', '=', templateId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
