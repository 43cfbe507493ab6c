import type { OnConflict, TableName } from '@datamaker/connectors';
import { tellScript } from './script-callers.ts';

const VERBS: Readonly<Record<OnConflict, string>> = { fail: 'INSERT', skip: 'INSERT', update: 'UPSERT' };

interface Written {
  readonly table: TableName;
  readonly written: number;
  readonly skipped: number;
}

/** Of these each request is told of already. */
const OVER_HTTP = new Set(['rest', 'sap_odata']);

/** Tells the script that has asked for it what became of rows: `INSERT customers → 100 rows`. @param type of the connection */
export function tellOfRows(type: string, { table, written, skipped }: Written, onConflict: OnConflict): void {
  if (OVER_HTTP.has(type)) return;
  const left = skipped === 0 ? '' : `, ${skipped} already there`;
  tellScript(`${VERBS[onConflict]} ${table.name} → ${rows(written)}${left}`);
}

/** Tells it of a statement, by its first word: values may be in the others. `SELECT → 12 rows` */
export function tellOfStatement(sql: string, count: number): void {
  const verb = /^[\s(]*([a-z]{1,20})\b/i.exec(sql)?.[1]?.toUpperCase() ?? 'STATEMENT';
  tellScript(`${verb} → ${rows(count)}`);
}

/** Tells it of rows that were read: `SELECT customers → 12 rows`. @param type of the connection */
export function tellOfRead(type: string, table: string, count: number): void {
  if (!OVER_HTTP.has(type)) tellScript(`SELECT ${table} → ${rows(count)}`);
}

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
