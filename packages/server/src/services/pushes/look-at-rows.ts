import type { Column, Row, Session, Table, Value } from '@datamaker/connectors';
import {
  asList,
  bytesText,
  elementOf,
  identityPart,
  intervalText,
  isUncompared,
  type Scan,
  scanRows,
} from '@datamaker/seeding';
import type { Written } from './written-rows.ts';

/** What is there of rows that were written. */
export interface Found extends Pick<Scan, 'missing' | 'found'> {
  readonly edited: ReadonlyMap<number, readonly string[]>;
  /** Of rows that were changed: what they hold, of columns that others may refer to. */
  readonly held: ReadonlyMap<number, Row>;
}

export interface LookOptions {
  /** Whether rows that may have arrived did so together or not at all. */
  readonly isWhole: boolean;
  /** Columns that others may refer to. */
  readonly referred: readonly string[];
  /** Whether rows are held; see `ScanOptions`. */
  readonly holds: boolean;
  readonly signal: AbortSignal;
}

/** Looks for rows that were written, and compares them with what they were given. */
export async function lookAt(
  session: Session,
  table: Table,
  written: Written,
  { isWhole, referred, holds, signal }: LookOptions,
): Promise<Found> {
  const uncompared = table.columns.filter(isUncompared).map(({ name }) => name);
  const known = { ...written.table, columns: written.table.columns.filter((name) => !uncompared.includes(name)) };
  const compared = columnsOf(table, known.columns).filter(({ name }) => !known.identity.includes(name));
  const made = { table: known, rows: (from: number, to: number) => written.rows(from, to) };
  const signs = new Map<number, string>();
  const held = new Map<number, Row>();
  const onEdited = (place: number, row: Row): void => {
    signs.set(place, signOf(compared, row));
    held.set(place, Object.fromEntries(referred.map((name) => [name, row[name] ?? null])) as Row);
  };
  const scan = await scanRows(session, table, made, written.count, written.count, { holds, signal, onEdited });
  if (written.by === 'template') return { ...withoutStrangers(scan, written, isWhole), held };
  if (scan.edited.size === 0) return { ...scan, held };
  // Keys that the system made say nothing of the order of rows: a row is as it was when it is one of those that were sent.
  const sent = new Map<string, number>();
  for (const place of [...scan.edited.keys(), ...scan.missing]) {
    const [row] = written.rows(place, place + 1);
    const sign = signOf(compared, row ?? {});
    sent.set(sign, (sent.get(sign) ?? 0) + 1);
  }
  const edited = new Map(scan.edited);
  for (const [place, sign] of signs) {
    const left = sent.get(sign) ?? 0;
    if (left === 0) continue;
    sent.set(sign, left - 1);
    edited.delete(place);
  }
  return { ...scan, edited, held };
}

/**
 * Rows with the key of one that may not have arrived, and with other values, are somebody else's: unless others were kept together with it, and
 * are there as they were sent.
 */
function withoutStrangers(scan: Scan, written: Written, isWhole: boolean): Pick<Scan, 'missing' | 'found' | 'edited'> {
  const strangers = [...scan.edited.keys()].filter(written.isDoubtful);
  if (strangers.length === 0) return scan;
  for (let place = 0; isWhole && place < written.count; place++) {
    if (written.isDoubtful(place) && !scan.missing.has(place) && !scan.edited.has(place)) return scan;
  }
  const others = new Set(strangers);
  return {
    found: scan.found - others.size,
    missing: new Set([...scan.missing, ...others]),
    edited: new Map([...scan.edited].filter(([place]) => !others.has(place))),
  };
}

const signOf = (columns: readonly Column[], row: Row): string =>
  columns.map((column) => signPart(column, row[column.name] ?? null)).join('\0');

function signPart(column: Column, value: Value): string {
  if (value === null) return 'null';
  if (column.dimensions > 0) {
    const list = asList(column, value);
    const part = (one: Value): string =>
      signPart(Array.isArray(one) && column.kind !== 'json' ? column : elementOf(column), one);
    if (list !== undefined) return `[${list.map(part).join()}]`;
  }
  if (column.kind === 'binary') return `=${bytesText(value)}`;
  if (column.kind === 'boolean') return String(Boolean(value));
  if (column.kind === 'interval') return `=${intervalText(column, String(value)) ?? String(value)}`;
  return `=${identityPart(column, typeof value === 'object' ? JSON.stringify(value) : value)}`;
}

const columnsOf = (table: Table, names: readonly string[]): Column[] =>
  names.flatMap((name) => table.columns.filter((column) => column.name === name));
