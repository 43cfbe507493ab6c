import type { Table, TableName } from '@datamaker/connectors';
import { tableId } from '../plan/table-id.ts';

/** A column as it is called in policies, plans and messages: `public.customer.email`. */
export const columnId = (table: TableName, column: string): string => `${tableId(table)}.${column}`;

/** Columns that hold the same values, since foreign keys lead from one to the other: what is done to one is done to all. */
export class KeyGroups {
  readonly #above = new Map<string, string>();
  readonly #members = new Map<string, string[]>();

  constructor(tables: readonly Table[]) {
    for (const table of tables) {
      for (const { columns, to, toColumns } of table.foreignKeys) {
        columns.forEach((column, i) => {
          const target = toColumns[i];
          if (target === undefined) return;
          this.#above.set(this.groupOf(columnId(table, column)), this.groupOf(columnId(to, target)));
        });
      }
    }
    for (const table of tables) {
      for (const { name } of table.columns) {
        const id = columnId(table, name);
        const group = this.groupOf(id);
        this.#members.set(group, [...(this.#members.get(group) ?? []), id]);
      }
    }
  }

  /** The column that stands for all of its group: the key that the others lead to, where there is one. */
  groupOf(id: string): string {
    let top = id;
    for (let above = this.#above.get(top); above !== undefined && above !== top; above = this.#above.get(top))
      top = above;
    return top;
  }

  membersOf(group: string): readonly string[] {
    return this.#members.get(group) ?? [group];
  }
}
