import type { Row, Value } from '@datamaker/connectors';
import type { TablePlan } from '../plan/seed-plan.ts';
import type { KeyMaker } from './key-maker.ts';

/** What rows of a table have in the columns of its keys. */
export class KeyRows {
  readonly columns: readonly { readonly column: string; readonly value: (row: number) => Value }[];
  readonly #identity: KeyRows['columns'];

  constructor(table: TablePlan, keys: KeyMaker) {
    this.columns = table.keys.map(({ column }) => {
      const value = keys.column(table.id, column);
      if (value === undefined) throw new TypeError(`${table.id}.${column} is not a key`);
      return { column, value };
    });
    this.#identity = this.columns.filter(({ column }) => table.identity.includes(column));
  }

  /** What tells a row apart. */
  identity(row: number): Row {
    return rowOf(this.#identity, row);
  }

  /** All columns of keys of a row. */
  values(row: number): Row {
    return rowOf(this.columns, row);
  }
}

function rowOf(columns: KeyRows['columns'], row: number): Row {
  const made: Record<string, Value> = {};
  for (const { column, value } of columns) made[column] = value(row);
  return made;
}
