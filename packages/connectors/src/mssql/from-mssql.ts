import type { Column } from '../schema/schema.ts';
import { jsonValue } from '../sql/json-text.ts';
import type { Value } from '../value.ts';

/** The driver's dates keep what is finer than a thousandth of a second apart, in seconds. */
type FineDate = Date & { readonly nanosecondsDelta?: number };

/** A value as `tedious` gives it (with `useUTC`), in the form that all systems share. */
export function fromMssql(raw: unknown, column: Pick<Column, 'kind' | 'precision' | 'scale'>): Value {
  if (raw instanceof Date) return fromDate(raw, column);
  if (raw instanceof Uint8Array) return new Uint8Array(raw);
  switch (column.kind) {
    case 'integer': {
      const number = Number(raw);
      return Number.isSafeInteger(number) ? number : BigInt(raw as string);
    }
    case 'decimal':
      return String(raw);
    case 'float':
      return column.precision === 32 ? shortest(raw as number) : (raw as number);
    case 'uuid':
      return String(raw).toLowerCase();
    case 'json':
      return jsonValue(raw as string);
    default:
      return raw as Value;
  }
}

function fromDate(date: FineDate, { kind, scale }: Pick<Column, 'kind' | 'scale'>): string {
  const [day = '', time = ''] = date.toISOString().replace('Z', '').split('T');
  if (kind === 'date') return day;
  const fine = Math.round((date.nanosecondsDelta ?? 0) * 1e7);
  const digits = `${time.slice(9)}${String(fine).padStart(4, '0')}`.slice(0, scale ?? 7).replace(/0+$/, '');
  const clock = `${time.slice(0, 8)}${digits === '' ? '' : `.${digits}`}`;
  if (kind === 'time') return clock;
  return `${day}T${clock}${kind === 'datetime_zoned' ? 'Z' : ''}`;
}

/** The shortest number that is the same in 32 bits: 0.1, not 0.10000000149011612. */
function shortest(number: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return short;
  }
  return number;
}
