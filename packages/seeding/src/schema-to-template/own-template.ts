import type { ForeignKey, Table, Value } from '@datamaker/connectors';
import type { FieldDocument, TemplateDocument } from '@datamaker/engine/import';

/** A field with what the database says of its column. */
export interface OwnField extends FieldDocument {
  /** Kept with the field, and of no effect on its values. */
  readonly meta?: { readonly comment: string };
}

/** The template of a table that stands for itself: with its keys, and with foreign keys that say what they refer to. */
export interface OwnTemplate {
  readonly document: Omit<TemplateDocument, 'fields'> & {
    readonly locale?: string;
    readonly fields: readonly OwnField[];
  };
  /** The column of each field; the names of some cannot be those of fields. */
  readonly columns: readonly string[];
  /** What of the table is not in it, or is there in another way. */
  readonly notices: readonly OwnNotice[];
}

export interface OwnNotice {
  /** Stable, snake_case. */
  readonly code: string;
  /** `order_line.quantity`, or `order_line`. */
  readonly subject: string;
  readonly message: string;
}

/** Where the values of a foreign key come from. */
export type Filling =
  /** Rows that are in the system when rows are made: fields of the type `db_response`, or `api_response` for services. */
  | { readonly how: 'rows'; readonly connection: string; readonly type: 'db_response' | 'api_response' }
  /** Rows of another template for the same seed, by its id or with its fields: fields of the type `reference`. */
  | { readonly how: 'template'; readonly of: string | readonly OwnField[]; readonly rows: number }
  /** Values that are in the system now, of a key of one column. */
  | { readonly how: 'values'; readonly values: readonly Value[] };

/** A table whose rows are in those of another one. */
export interface NestedTable {
  /** What they stand under. */
  readonly name: string;
  readonly table: Table;
  readonly many: boolean;
  /** Columns that the system takes from the row that they are in. */
  readonly link: readonly string[];
  readonly nested: readonly NestedTable[];
}

export interface OwnTemplateOptions {
  /** Of the template; undefined: that of the table. */
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
  /** Undefined: nothing is known of what it refers to. */
  readonly filling?:
    | ((key: ForeignKey, table: Table) => Promise<Filling | undefined> | Filling | undefined)
    | undefined;
  /** The greatest value of a column that counts; null or undefined: there is none, or it is not known. */
  readonly greatest?: ((column: string) => Promise<Value | undefined>) | undefined;
  /** Rows of other tables that are in each row: fields of lists, or of one row. */
  readonly nested?: readonly NestedTable[] | undefined;
  /** Most rows of the table in a row of another one; undefined: its rows are in none. */
  readonly within?: number | undefined;
  /** Columns that the system may count, and that other templates refer to: they are fields nevertheless. */
  readonly counted?: ReadonlySet<string> | undefined;
}
