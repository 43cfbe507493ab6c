import type { Column } from '@datamaker/connectors';
import type { ColumnFacts } from '../schema-to-template/column-facts.ts';
import type { Order } from './gather-facts.ts';

const DAY = 86_400_000;
/** Where moments that follow each other begin, and how far each may come after the one before. */
const FIRST_DAY = Date.UTC(2021, 0, 1);
const SPAN_DAYS = 180;
const SPAN = 100;

/**
 * Gives columns that are in order ranges that do not overlap: whatever is drawn in each is in order then, row by row and with nulls.
 * @returns undefined when there is no order of that kind, or no room for it
 */
export function setOrders(
  orders: readonly Order[],
  given: ReadonlyMap<string, ColumnFacts>,
  columns: ReadonlyMap<string, Column>,
): ReadonlyMap<string, ColumnFacts> | undefined {
  const facts = new Map(given);
  for (const group of groupsOf(orders)) {
    const levels = levelsOf(group, orders);
    const members = group.map((name) => columns.get(name));
    if (levels === undefined || members.includes(undefined)) return undefined;
    const kinds = new Set(
      members.map((column) => (isMoment(column as Column) ? 'moment' : isNumber(column as Column) ? 'number' : '')),
    );
    if (kinds.size !== 1 || kinds.has('')) return undefined;
    const set = kinds.has('moment') ? moments : numbers;
    const ranges = set(group, levels, facts, columns);
    if (ranges === undefined) return undefined;
    for (const [name, range] of ranges) facts.set(name, { ...facts.get(name), ...range });
  }
  return facts;
}

const isMoment = ({ kind }: Column): boolean => ['date', 'datetime', 'datetime_zoned'].includes(kind);
const isNumber = ({ kind }: Column): boolean => ['integer', 'decimal', 'float'].includes(kind);

/** Columns that hang together. */
function groupsOf(orders: readonly Order[]): string[][] {
  const groups: Set<string>[] = [];
  for (const { low, high } of orders) {
    const touching = groups.filter((group) => group.has(low) || group.has(high));
    const all = new Set([low, high, ...touching.flatMap((group) => [...group])]);
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(all);
  }
  return groups.map((group) => [...group]);
}

/** How many columns come before each at least; undefined: they go round in a circle. */
function levelsOf(group: readonly string[], orders: readonly Order[]): ReadonlyMap<string, number> | undefined {
  const levels = new Map(group.map((name) => [name, 0]));
  for (let round = 0; round <= group.length; round++) {
    let isSettled = true;
    for (const { low, high } of orders) {
      const least = (levels.get(low) ?? Number.NaN) + 1;
      if (!(least > (levels.get(high) ?? 0))) continue;
      levels.set(high, least);
      isSettled = false;
    }
    if (isSettled) return levels;
  }
  return undefined;
}

type Ranges = (
  group: readonly string[],
  levels: ReadonlyMap<string, number>,
  facts: ReadonlyMap<string, ColumnFacts>,
  columns: ReadonlyMap<string, Column>,
) => ReadonlyMap<string, ColumnFacts> | undefined;

const numbers: Ranges = (group, levels, facts, columns) => {
  const of = group.map((name) => facts.get(name) ?? {});
  const widths = group.flatMap((name) => widthOf(columns.get(name) as Column));
  const count = Math.max(...levels.values()) + 1;
  const mins = of.flatMap(({ min }) => (min === undefined ? [] : [min]));
  const maxes = [...of.flatMap(({ max }) => (max === undefined ? [] : [max])), ...widths];
  const from = mins.length === 0 ? Math.min(0, ...maxes) : Math.max(...mins);
  const room = maxes.length === 0 ? SPAN * count : Math.min(...maxes) - from;
  const isWhole = group.every((name) => columns.get(name)?.kind === 'integer');
  const unit = isWhole ? 1 : 0.01;
  const step = Math.min(SPAN, room / count);
  if (step < 2 * unit) return undefined;
  const width = isWhole ? Math.floor(step) : Math.floor(step * 100) / 100;
  return new Map(
    group.map((name) => {
      const low = from + (levels.get(name) as number) * width;
      return [name, { min: rounded(low), max: rounded(low + width - unit) }];
    }),
  );
};

const rounded = (number: number): number => Number(number.toFixed(6));

function widthOf({ kind, precision, scale }: Column): number[] {
  if (precision === null) return [];
  if (kind === 'integer') return [2 ** Math.min(50, precision - 1) - 1];
  return kind === 'decimal' ? [10 ** Math.min(15, precision - (scale ?? 0)) - 1] : [];
}

const moments: Ranges = (group, levels, facts) => {
  const of = group.map((name) => facts.get(name) ?? {});
  const count = Math.max(...levels.values()) + 1;
  const mins = of.flatMap(({ earliest }) => (earliest === undefined ? [] : [Date.parse(earliest)]));
  const maxes = of.flatMap(({ latest }) => (latest === undefined ? [] : [Date.parse(latest)]));
  const last = maxes.length === 0 ? undefined : Math.min(...maxes);
  const from =
    mins.length > 0
      ? Math.max(...mins)
      : last === undefined
        ? FIRST_DAY
        : Math.min(FIRST_DAY, last - count * SPAN_DAYS * DAY);
  const room = last === undefined ? SPAN_DAYS * count : Math.floor((last - from) / DAY);
  const days = Math.min(SPAN_DAYS, Math.floor(room / count));
  if (days < 2) return undefined;
  const day = (number: number): string => new Date(from + number * DAY).toISOString().slice(0, 10);
  return new Map(
    group.map((name) => {
      const low = (levels.get(name) as number) * days;
      // A whole day lies between two: moments of a day have a time besides.
      return [name, { earliest: day(low), latest: day(low + days - 2) }];
    }),
  );
};
