import type { Session, Table } from '@datamaker/connectors';
import type { Present } from './key-shape.ts';

/** Most keys that are looked through to keep away from them. */
const MOST_KEYS = 1_000_000;

/**
 * What is in a table already, as far as new keys have to keep away from it.
 * @param unread told of columns of keys with so many values that they are not looked through
 */
export async function readPresent(
  session: Session,
  table: Table,
  referenced: ReadonlySet<string>,
  unread: (column: string, message: string) => void,
): Promise<Present> {
  const rows = await session.count(table);
  const greatest = new Map<string, bigint>();
  const latest = new Map<string, number>();
  const taken = new Map<string, ReadonlySet<string>>();
  if (rows === 0) return { rows, greatest, latest, taken };
  const keys = [table.primaryKey, ...table.uniqueKeys].flatMap((key) => key?.columns ?? []);
  for (const name of new Set([...keys, ...referenced])) {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined || column.dimensions > 0) continue;
    if (['datetime', 'datetime_zoned'].includes(column.kind)) {
      const value = await session.greatest?.(table, name);
      const moment =
        typeof value === 'string' ? Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`) : Number.NaN;
      if (!Number.isNaN(moment)) latest.set(name, moment);
    } else if (['integer', 'decimal', 'float'].includes(column.kind)) {
      const value = await session.greatest?.(table, name);
      if (value !== null && value !== undefined) greatest.set(name, wholeOf(String(value)));
    } else if (['text', 'date', 'time', 'boolean'].includes(column.kind)) {
      if (rows > MOST_KEYS) {
        unread(name, `its ${rows} values are not looked through: a new one that is there already would be refused`);
        continue;
      }
      const values = new Set<string>();
      for await (const some of session.read({ table, columns: [name] })) {
        for (const row of some) {
          if (row[name] === null) continue;
          const text = String(row[name]).trimEnd();
          values.add(text);
          // New ones are in one case throughout.
          if (column.isCaseless === true) values.add(text.toUpperCase()).add(text.toLowerCase());
        }
      }
      taken.set(name, values);
    }
  }
  return { rows, greatest, latest, taken };
}

/** A number rounded up. */
function wholeOf(text: string): bigint {
  const number = Number(text);
  const whole = /^-?\d+/.exec(text)?.[0];
  if (whole === undefined || /e/i.test(text)) return BigInt(Math.ceil(Number.isFinite(number) ? number : 0));
  return BigInt(whole) + (/\.0*[1-9]/.test(text) ? 1n : 0n);
}
