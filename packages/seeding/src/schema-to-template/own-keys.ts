import type { Column, ForeignKey, Key, Table } from '@datamaker/connectors';
import type { ColumnFacts, FactsByColumn } from './column-facts.ts';
import { literalOf } from './literal-of.ts';
import type { Draft, OwnLink } from './own-links.ts';
import type { OwnNotice } from './own-template.ts';

/** How the rows of a template are kept apart. */
export interface OwnKeys {
  /** Columns without two values that are the same. */
  readonly unique: ReadonlySet<string>;
  /** Those of them that count. */
  readonly counting: ReadonlySet<string>;
  readonly uniqueLinks: ReadonlySet<ForeignKey>;
  /** Rows in turn that refer to the same row. */
  readonly linkDigits: ReadonlyMap<ForeignKey, number>;
  /** Columns of few values that tell rows apart together with others. */
  readonly digits: ReadonlyMap<string, Draft>;
}

type Literal = string | number | boolean;
interface Digit {
  readonly size: number;
  readonly set: (stride: number) => void;
}

/** Most rows in turn with one value, of the type `reference`. */
const MOST_STRIDE = 10_000;
/** Values of a column that is wide enough to tell rows apart alone. */
const WIDE = 10_000;
/** Most values of a column that is a digit. */
const MOST_VALUES = 1000;

/**
 * Decides which columns keep the rows apart. A key of several columns is kept by one of them that is wide enough; where none is, its
 * columns are the digits of the number of the row.
 */
export function keysOf(
  table: Table,
  fields: ReadonlySet<string>,
  links: readonly OwnLink[],
  facts: FactsByColumn,
  tell: (notice: OwnNotice) => void,
): OwnKeys {
  const unique = new Set<string>();
  const counting = new Set<string>();
  const uniqueLinks = new Set<ForeignKey>();
  const linkDigits = new Map<ForeignKey, number>();
  const digits = new Map<string, Draft>();
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const linkOf = (name: string): OwnLink | undefined => links.find(({ key }) => key.columns.includes(name));
  const keys: Key[] = [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniqueKeys];

  const apart = (name: string, column: Column): void => {
    unique.add(name);
    if (isWhole(column) && table.primaryKey?.columns.includes(name) === true && widthOf(column, facts) > 0) {
      counting.add(name);
    }
  };
  const apartByLink = (link: OwnLink, key: Key): void => {
    uniqueLinks.add(link.key);
    if (typeof link.filling === 'string' || link.filling.how === 'values') return;
    // Several fields that are unique would each be so in an order of its own.
    if (link.filling.how === 'template' && link.key.columns.length > 1) linkDigits.set(link.key, 1);
    const rows =
      link.filling.how === 'rows' ? 'as many rows as there are' : `the ${link.filling.rows} rows that it refers to`;
    const message = `the key ${key.name} is kept for ${rows} in ${link.key.to.name}`;
    tell({ code: 'few_unique_values', subject: `${table.name}.${key.columns.join(', ')}`, message });
  };

  for (const key of keys.toSorted((a, b) => a.columns.length - b.columns.length)) {
    const subject = `${table.name}.${key.columns.join(', ')}`;
    const missing = key.columns.filter((name) => !fields.has(name));
    if (missing.length > 0) {
      // What the system counts differs from row to row by itself.
      const isCounted = missing.some((name) => byName.get(name)?.isComputed !== true && byName.get(name)?.generated);
      if (!isCounted)
        tell({ code: 'key_not_met', subject, message: `the key ${key.name} has columns that are no fields` });
      continue;
    }
    if (key.columns.some((name) => unique.has(name))) continue;
    const inside = links.filter((link) => link.key.columns.every((name) => key.columns.includes(name)));
    if (inside.some((link) => uniqueLinks.has(link.key))) continue;
    const [only, ...more] = key.columns;
    const free = key.columns.filter((name) => linkOf(name) === undefined);
    if (more.length === 0 && only !== undefined && free.length === 1) {
      apart(only, byName.get(only) as Column);
      continue;
    }
    const [whole] = inside;
    if (free.length === 0 && inside.length === 1 && whole?.key.columns.length === key.columns.length) {
      apartByLink(whole, key);
      continue;
    }
    const wide = free
      .map((name) => ({ name, width: widthOf(byName.get(name) as Column, facts) }))
      .filter(({ width }) => width > 0)
      .toSorted((a, b) => b.width - a.width)[0];
    if (wide !== undefined) {
      apart(wide.name, byName.get(wide.name) as Column);
      const message = `the key ${key.name} is kept by ${wide.name} alone, which is not the same in two rows`;
      tell({ code: 'key_by_column', subject, message });
      continue;
    }
    const parts = [
      ...inside.map((link): Digit | undefined => {
        const { filling } = link;
        if (typeof filling === 'string' || filling.how !== 'template' || linkDigits.has(link.key)) return undefined;
        return { size: filling.rows, set: (stride) => linkDigits.set(link.key, stride) };
      }),
      ...free.map((name): Digit | undefined => {
        const values = valuesOf(byName.get(name) as Column, facts.get(name) ?? {});
        if (values === undefined || digits.has(name)) return undefined;
        return { size: values.length, set: (stride) => digits.set(name, digitOf(name, values, stride)) };
      }),
    ];
    const known = parts.filter((part) => part !== undefined);
    if (
      known.length < parts.length ||
      inside.reduce((sum, link) => sum + link.key.columns.length, free.length) < key.columns.length
    ) {
      const message = `nothing keeps rows apart by the key ${key.name}: leave out those that are there already (on_conflict: skip)`;
      tell({ code: 'key_not_met', subject, message });
      continue;
    }
    let stride = 1;
    for (const { size, set } of known) {
      // What is left is drawn: rows are told apart without it.
      if (stride > MOST_STRIDE) break;
      set(stride);
      stride *= size;
    }
    tell({ code: 'few_unique_values', subject, message: `the key ${key.name} is kept for ${stride} rows` });
  }
  return { unique, counting, uniqueLinks, linkDigits, digits };
}

/** Floor of the number of the row by `stride`, modulo the values. */
const digitOf = (name: string, values: readonly Literal[], stride: number): Draft => ({
  type: 'reference',
  options: {
    fields: [{ name, type: 'enum', options: { values, unique: true } }],
    field: name,
    rows: values.length,
    per_parent: stride,
  },
});

export const isWhole = ({ kind, scale, dimensions }: Column): boolean =>
  dimensions === 0 && (kind === 'integer' || (kind === 'decimal' && scale === 0));

/** How well a column tells rows apart; 0: not at all, since it has few values. */
function widthOf(column: Column, byColumn: FactsByColumn): number {
  const { kind, maxLength, precision, scale, dimensions, inside } = column;
  const facts = byColumn.get(column.name) ?? {};
  const { min = 0, max = Number.POSITIVE_INFINITY, minLength = 0 } = facts;
  const isFixed = facts.values !== undefined || column.values !== null || facts.isNull === true;
  if (isFixed || dimensions > 0 || inside !== undefined || literalOf(column) !== undefined) return 0;
  if (isWhole(column)) {
    const digits = precision === null ? 15 : kind === 'integer' ? (precision - 1) * Math.log10(2) : precision;
    return Math.min(max, 10 ** digits) - min >= WIDE ? 5 : 0;
  }
  if (kind === 'uuid') return 4;
  if (kind === 'text') {
    const most = Math.min(maxLength ?? Number.POSITIVE_INFINITY, facts.maxLength ?? Number.POSITIVE_INFINITY);
    return facts.pattern === undefined && Math.max(most, minLength) >= 6 ? 4 : 0;
  }
  const isBound = facts.earliest !== undefined || facts.latest !== undefined;
  if (kind === 'datetime' || kind === 'datetime_zoned') return isBound ? 0 : 3;
  if (kind === 'decimal' || kind === 'float') {
    const digits = precision === null || kind === 'float' ? 15 : precision - (scale ?? 0);
    return Math.min(max, 10 ** digits) - min >= WIDE ? 2 : 0;
  }
  return kind === 'date' && !isBound ? 1 : 0;
}

/** All values of a column of few. */
function valuesOf(column: Column, facts: ColumnFacts): readonly Literal[] | undefined {
  const { kind, dimensions } = column;
  if (dimensions > 0 || facts.isNull === true) return undefined;
  const values = facts.values ?? column.values;
  if (values !== null && values.length > 0) return values.slice(0, MOST_VALUES);
  if (kind === 'boolean') return [false, true];
  const { min, max } = facts;
  if (!isWhole(column) || min === undefined || max === undefined) return undefined;
  return Array.from(
    { length: Math.min(MOST_VALUES, Math.floor(max) - Math.ceil(min) + 1) },
    (_, i) => Math.ceil(min) + i,
  );
}
