import { sql } from 'kysely';
import type { Store } from '../store/open-store.ts';

/** All that migrations make, as texts that two databases can be compared by: tables, rules of rows, triggers, functions, rights of others than the owner. */
export async function shapeOf(store: Store): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    SELECT format('column %s.%s %s nullable %s default %s identity %s', table_name, column_name, data_type, is_nullable,
                  column_default, identity_generation) AS line
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT format('%s %s logged %s rules %s forced %s rights %s', relkind, relname, relpersistence, relrowsecurity,
                            relforcerowsecurity,
                            ARRAY(SELECT format('%s %s', grantee::regrole, privilege_type) FROM aclexplode(relacl)
                                   WHERE grantee <> relowner ORDER BY 1))
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
    UNION ALL SELECT format('storage %s.%s %s', attrelid::regclass, attname, attstorage)
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT format('policy %s on %s: %s, %s', policyname, tablename, qual, with_check)
      FROM pg_policies WHERE schemaname = 'public'
    UNION ALL SELECT format('trigger %s, %s', pg_get_triggerdef(pg_trigger.oid), tgenabled)
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
    UNION ALL SELECT 'function ' || pg_get_functiondef(pg_proc.oid)
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1`.execute(store);
  return rows.map(({ line }) => line);
}

/** The rows of each table of the server, as JSON, in an order of their own. */
export async function contentOf(store: Store, tables: readonly string[]): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ line: string }>`
      SELECT row_to_json(t)::text AS line FROM ${sql.table(table)} AS t ORDER BY 1`.execute(store);
    content[table] = rows.map(({ line }) => line);
  }
  return content;
}
