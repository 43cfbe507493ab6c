import type { FieldDef } from 'pg';
import type { Column } from '../schema/schema.ts';
import { kindOf } from './column-kind.ts';
import type { Query } from './query.ts';

/** What the columns of a result are, by the types that the server names. */
export async function resultColumns(
  query: Query,
  fields: readonly FieldDef[],
): Promise<readonly Pick<Column, 'name' | 'kind' | 'type' | 'dimensions'>[]> {
  if (fields.length === 0) return [];
  const ids = [...new Set(fields.map(({ dataTypeID }) => dataTypeID))];
  const rows = await query<{ id: number; base: string; category: string; is_list: boolean }>(TYPES, [ids]);
  const types = new Map(rows.map((row) => [row.id, row]));
  return fields.map(({ name, dataTypeID }) => {
    const type = types.get(dataTypeID);
    const kind = kindOf(type?.base ?? '', type?.category ?? '', -1).kind;
    return { name, kind, type: type?.base ?? '', dimensions: type?.is_list ? 1 : 0 };
  });
}

const TYPES = `
  SELECT t.oid::int8::float8 AS id, b.typname AS base, b.typtype AS category, t.typcategory = 'A' AS is_list
    FROM pg_type t JOIN pg_type b ON b.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
   WHERE t.oid = ANY ($1::int8[]::oid[])`;
