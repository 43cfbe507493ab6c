import { bind, digits, div, get, lookup, mod, type Piece } from '../../plan/program.ts';
import type { BuildContext } from '../field-type.ts';

const DAY = 86_400_000;
const tables = new Map<string, readonly number[]>();

/** Every day from the first of a year to the last of another, as the number YYYYMMDD. */
function daysOf(first: number, last: number): readonly number[] {
  const name = `${first}-${last}`;
  let table = tables.get(name);
  if (table === undefined) {
    const start = Date.UTC(first, 0, 1);
    table = Array.from({ length: (Date.UTC(last + 1, 0, 1) - start) / DAY }, (_, i) =>
      Number(new Date(start + i * DAY).toISOString().slice(0, 10).replaceAll('-', '')),
    );
    tables.set(name, table);
  }
  return table;
}

/** A day as YYYYMMDD, which ABAP calls DATS. */
export function ymd(first: number, last: number, choose: BuildContext['choose']): Piece[] {
  const days = daysOf(first, last);
  return [
    bind('day', lookup(days, choose(days.length))),
    digits(div(get('day'), 10_000), 4),
    digits(mod(get('day'), 10_000), 4),
  ];
}
