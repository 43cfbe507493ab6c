import type { ImportedColumn, ImportedEntity } from '../imported-column.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type SqlColumn = Writable<ImportedColumn>;

/** A table while its statements are read: constraints come after columns, in the table or in an ALTER TABLE. */
export class SqlTable {
  readonly name: string;
  readonly line: number;
  readonly columns: SqlColumn[] = [];
  readonly #byName = new Map<string, SqlColumn>();

  constructor(name: string, line: number) {
    this.name = name;
    this.line = line;
  }

  add(column: SqlColumn): void {
    this.columns.push(column);
    const key = column.name.toLowerCase();
    if (!this.#byName.has(key)) this.#byName.set(key, column);
  }

  /** Names in SQL are compared without regard to case: quoted or not is not always known of both sides. */
  column(name: string): SqlColumn | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  remove(name: string): boolean {
    const column = this.column(name);
    if (column === undefined) return false;
    this.columns.splice(this.columns.indexOf(column), 1);
    this.#byName.delete(name.toLowerCase());
    return true;
  }

  toEntity(): ImportedEntity {
    return { name: this.name, place: { line: this.line }, columns: this.columns };
  }
}
