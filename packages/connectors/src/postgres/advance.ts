import type { Column, TableName } from '../schema/schema.ts';
import type { Query } from './query.ts';

/**
 * The sequences that the default of a column asks (serial, or nextval written out), and that of an identity column. A number
 * that the sequence may not reach, or has passed, changes nothing.
 */
const ADVANCE = `
  SELECT setval(s.oid::regclass, $4::bigint)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
    JOIN pg_depend d ON (d.classid = 'pg_attrdef'::regclass AND d.objid = def.oid AND d.refclassid = 'pg_class'::regclass)
                     OR (d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype = 'i')
    JOIN pg_class s ON s.relkind = 'S' AND s.oid = CASE WHEN d.deptype = 'i' THEN d.objid ELSE d.refobjid END
    JOIN pg_sequence q ON q.seqrelid = s.oid
   WHERE n.nspname = $1 AND c.relname = $2 AND a.attname = $3 AND $4::bigint BETWEEN q.seqmin AND q.seqmax
     AND q.seqincrement > 0 AND $4::bigint > coalesce(pg_sequence_last_value(s.oid), q.seqmin - 1)`;

/** Has the sequence of a column go on behind a number. */
export async function advance(query: Query, { schema, name }: TableName, column: Column, last: bigint): Promise<void> {
  await query(ADVANCE, [schema, name, column.name, String(last)]);
}
