import type { Column, Table } from '@datamaker/connectors';
import { isWhole } from './own-keys.ts';
import type { Draft } from './own-links.ts';
import type { NestedTable, OwnField, OwnTemplate } from './own-template.ts';

/** Rows in a list. */
const COUNT = { min: 1, max: 5 } as const;
/** From one position to the next, where there is room: so systems number items themselves. */
const STEP = 10;

export const MOST_WITHIN = COUNT.max;

/** The field of rows that are in each row. */
export const fieldWithin = ({ name, many }: NestedTable, { document }: OwnTemplate): OwnField => ({
  name,
  type: 'template',
  options: { fields: document.fields, ...(many ? { array: true, count: COUNT } : {}) },
});

/** The table without what the system takes from the row that its rows are in: columns, and keys as far as they are of those. */
export function tableWithin({ table, link }: Pick<NestedTable, 'table' | 'link'>): Table {
  const isLeft = (name: string): boolean => !link.includes(name);
  const own = table.primaryKey?.columns.filter(isLeft) ?? [];
  return {
    ...table,
    columns: table.columns.filter(({ name }) => isLeft(name)),
    primaryKey: table.primaryKey === null || own.length === 0 ? null : { ...table.primaryKey, columns: own },
    uniqueKeys: table.uniqueKeys.filter(({ columns }) => columns.every(isLeft)),
    foreignKeys: table.foreignKeys.filter(({ columns }) => columns.every(isLeft)),
  };
}

/**
 * Fields of keys that number the rows of a list, anew in each: floor of the number of the row, modulo as many as a list has.
 * @param most rows of a list
 */
export function positionsOf({ primaryKey, columns }: Table, most: number): ReadonlyMap<string, Draft> {
  const [name, ...more] = primaryKey?.columns ?? [];
  const column = columns.find((one) => one.name === name);
  const draft = column === undefined || more.length > 0 ? undefined : positionOf(column, most);
  return new Map(draft === undefined ? [] : [[name as string, draft]]);
}

function positionOf(column: Column, most: number): Draft | undefined {
  const { name, kind, maxLength, precision, values, dimensions } = column;
  const isText = kind === 'text' && dimensions === 0 && values === null;
  if (!isText && !isWhole(column)) return undefined;
  const digits = isText
    ? (maxLength ?? 9)
    : kind === 'integer'
      ? ((precision ?? 64) - 1) * Math.log10(2)
      : (precision ?? 9);
  const step = most * STEP < 10 ** Math.floor(digits) ? STEP : 1;
  const sequence = { start: step, step, ...(isText ? { width: String(step).length } : {}) };
  const fields = [{ name, type: 'sequence', options: sequence }];
  return { type: 'reference', options: { fields, field: name, rows: most, per_parent: 1 } };
}
