import type { Check, Column, DatabaseSchema, ForeignKey, SchemaNotice, Table, UniqueKey } from '../schema/schema.ts';
import { HAS_TRIGGERS } from '../sql/has-triggers.ts';
import { kindOf } from './column-kind.ts';
import type { Query } from './query.ts';

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly base: string;
  readonly category: string;
  readonly type: string;
  readonly dimensions: number;
  readonly nullable: boolean;
  readonly typmod: number;
  readonly values: string[] | null;
  readonly default: string | null;
  readonly identity: string;
  readonly computed: boolean;
  readonly comment: string | null;
  readonly domain_checks: { name: string; expression: string }[] | null;
}

interface TableRow {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly row_estimate: number;
  readonly kind: string;
  readonly has_triggers: boolean;
}

interface KeyRow {
  readonly table: string;
  readonly name: string;
  readonly kind: 'p' | 'u' | 'f' | 'c' | 'x' | 'i';
  readonly columns: string[];
  readonly to_schema: string | null;
  readonly to_name: string | null;
  readonly to_columns: string[] | null;
  readonly deferrable: boolean;
  readonly nulls_equal: boolean;
  readonly condition: string | null;
  readonly expression: string | null;
}

/**
 * Reads tables with their columns and rules from the catalogue of PostgreSQL (pg_catalog, documentation chapter "System
 * Catalogs"), in three queries whatever the number of tables.
 * @param schemas the schemas to read
 * @param only the one table to read, which may be a view, a foreign table or a part of a table as well
 */
export async function introspect(query: Query, schemas: readonly string[], only?: string): Promise<DatabaseSchema> {
  const values = [schemas, only ?? null];
  const tables = await query<TableRow>(TABLES, values);
  const columns = Map.groupBy(await query<ColumnRow>(COLUMNS, values), ({ table }) => table);
  const keys = Map.groupBy(await query<KeyRow>(KEYS, values), ({ table }) => table);
  const notices: SchemaNotice[] = [];
  return {
    tables: tables.map((row) => toTable(row, columns.get(row.id) ?? [], keys.get(row.id) ?? [], notices)),
    notices,
  };
}

function toTable(
  row: TableRow,
  columns: readonly ColumnRow[],
  keys: readonly KeyRow[],
  notices: SchemaNotice[],
): Table {
  if (row.has_triggers) {
    notices.push({ subject: row.name, message: HAS_TRIGGERS });
  }
  for (const { kind, name, expression } of keys) {
    const subject = `${row.name}.${name}`;
    if (kind === 'x') notices.push({ subject, message: 'an exclusion constraint, which rows are not made for' });
    if (kind !== 'i' || expression === null) continue;
    notices.push({ subject, message: `a unique index of expressions (${expression}), which rows are not made for` });
  }
  const primary = keys.find(({ kind }) => kind === 'p');
  const domainChecks = columns.flatMap(({ name, dimensions, domain_checks: checks }) => {
    if (dimensions === 0) {
      return (checks ?? []).map(
        (check): Check => ({ name: check.name, expression: forColumn(check.expression, name) }),
      );
    }
    for (const check of checks ?? []) {
      notices.push({ subject: `${row.name}.${name}`, message: `a rule for each element of a list, ${check.name}` });
    }
    return [];
  });
  return {
    schema: row.schema,
    name: row.name,
    comment: row.comment,
    columns: columns.map(toColumn),
    primaryKey: primary === undefined ? null : { name: primary.name, columns: primary.columns },
    uniqueKeys: keys
      .filter(({ kind, expression }) => kind === 'u' || (kind === 'i' && expression === null))
      .map(toUniqueKey),
    foreignKeys: keys.filter(({ kind }) => kind === 'f').map(toForeignKey),
    checks: [
      ...keys
        .filter(({ kind }) => kind === 'c')
        .map(({ name, expression }): Check => ({ name, expression: withoutCheck(expression ?? '') })),
      ...domainChecks,
    ],
    // -1 until the first ANALYZE.
    rowEstimate: row.row_estimate < 0 ? null : row.row_estimate,
  };
}

function toColumn(row: ColumnRow): Column {
  const { kind, maxLength, isPadded, precision, scale } = kindOf(row.base, row.category, row.typmod);
  const isSerial = /^nextval\(/.test(row.default ?? '');
  return {
    name: row.name,
    kind,
    type: row.type,
    dimensions: row.dimensions,
    nullable: row.nullable,
    maxLength,
    isPadded,
    precision,
    scale,
    values: row.values,
    default: row.computed ? null : row.default,
    generated: row.computed || row.identity === 'a' ? 'always' : row.identity === 'd' || isSerial ? 'by_default' : null,
    ...(row.computed ? { isComputed: true } : {}),
    comment: row.comment,
  };
}

const toUniqueKey = ({ name, columns, nulls_equal: nullsAreEqual, condition }: KeyRow): UniqueKey => ({
  name,
  columns,
  nullsAreEqual,
  condition,
});

const toForeignKey = ({ name, columns, to_schema, to_name, to_columns, deferrable }: KeyRow): ForeignKey => ({
  name,
  columns,
  to: { schema: to_schema ?? '', name: to_name ?? '' },
  toColumns: to_columns ?? [],
  isDeferrable: deferrable,
});

/** `CHECK ((a > 0)) NOT VALID` → `(a > 0)`. */
const withoutCheck = (definition: string): string =>
  definition.replace(/^CHECK \(/s, '').replace(/\)(?: NO INHERIT)?(?: NOT VALID)?$/s, '');

/** A domain speaks of VALUE. */
const forColumn = (definition: string, column: string): string =>
  withoutCheck(definition).replaceAll(/\bVALUE\b/g, `"${column.replaceAll('"', '""')}"`);

/** Tables with all their parts as one; or the one that is named, whatever it is. */
const WANTED = `CASE WHEN $2::text IS NULL THEN c.relkind IN ('r', 'p') AND NOT c.relispartition
                     ELSE c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') END`;

const TABLES = `
  SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS name, obj_description(c.oid, 'pg_class') AS comment,
         c.reltuples::float8 AS row_estimate, c.relkind AS kind,
         EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D') AS has_triggers
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ANY ($1) AND ${WANTED}
   ORDER BY n.nspname, c.relname`;

/** Domains are followed to the type below them; a list to the type of its elements. */
const COLUMNS = `
  WITH RECURSIVE wanted AS (
    SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attndims, a.attidentity, a.attgenerated
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1) AND ${WANTED} AND a.attnum > 0 AND NOT a.attisdropped
  ), down AS (
    SELECT attrelid, attnum, atttypid AS type, atttypmod AS typmod, attndims AS dims, false AS not_null, 0 AS depth,
           NULL::oid AS domain
      FROM wanted
    UNION ALL
    SELECT d.attrelid, d.attnum,
           CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
           CASE WHEN t.typtype = 'd' AND t.typtypmod <> -1 THEN t.typtypmod ELSE d.typmod END,
           CASE WHEN t.typtype = 'd' THEN greatest(d.dims, t.typndims) ELSE greatest(d.dims, 1) END,
           d.not_null OR (t.typtype = 'd' AND t.typnotnull AND d.dims = 0), d.depth + 1,
           CASE WHEN t.typtype = 'd' THEN t.oid END
      FROM down d JOIN pg_type t ON t.oid = d.type
     WHERE t.typtype = 'd' OR t.typcategory = 'A'
  ), base AS (
    SELECT DISTINCT ON (attrelid, attnum) attrelid, attnum, type, typmod, dims, not_null
      FROM down ORDER BY attrelid, attnum, depth DESC
  )
  SELECT w.attrelid::text AS table, w.attname AS name, t.typname AS base, t.typtype AS category,
         format_type(w.atttypid, w.atttypmod) AS type, b.dims::int AS dimensions,
         NOT (w.attnotnull OR b.not_null) AS nullable, b.typmod,
         (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values,
         pg_get_expr(def.adbin, def.adrelid) AS default, w.attidentity AS identity, w.attgenerated <> '' AS computed,
         col_description(w.attrelid, w.attnum) AS comment,
         (SELECT json_agg(json_build_object('name', con.conname, 'expression', pg_get_constraintdef(con.oid)) ORDER BY d.depth DESC, con.conname)
            FROM down d JOIN pg_constraint con ON con.contypid = d.domain
           WHERE d.attrelid = w.attrelid AND d.attnum = w.attnum AND con.contype = 'c') AS domain_checks
    FROM wanted w
    JOIN base b USING (attrelid, attnum)
    JOIN pg_type t ON t.oid = b.type
    LEFT JOIN pg_attrdef def ON def.adrelid = w.attrelid AND def.adnum = w.attnum
   ORDER BY w.attrelid, w.attnum`;

/** Constraints, and unique indexes that are none. Columns of an index that are expressions have no name. */
const KEYS = `
  SELECT con.conrelid::text AS table, con.conname AS name, con.contype AS kind,
         ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k (n, i)
                 JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.n ORDER BY k.i) AS columns,
         fn.nspname AS to_schema, f.relname AS to_name,
         ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k (n, i)
                 JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.n ORDER BY k.i) AS to_columns,
         con.condeferrable AS deferrable,
         coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_equal,
         NULL AS condition,
         CASE WHEN con.contype = 'c' THEN pg_get_constraintdef(con.oid) END AS expression
    FROM pg_constraint con
    JOIN pg_class c ON c.oid = con.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class f ON f.oid = con.confrelid
    LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u')
   WHERE n.nspname = ANY ($1) AND ${WANTED} AND con.contype IN ('p', 'u', 'f', 'c', 'x')
  UNION ALL
  SELECT i.indrelid::text, ic.relname, 'i',
         ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (n, o)
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE k.o <= i.indnkeyatts ORDER BY k.o),
         NULL, NULL, NULL, false, coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
         pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid)
    FROM pg_index i
    JOIN pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ANY ($1) AND ${WANTED} AND i.indisunique
     AND NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
   ORDER BY 1, 2`;
