/** What is known of the table a column is in. */
export interface TableContext {
  /** Words of the table, the hint and all columns, in English and singular. */
  readonly near: ReadonlySet<string>;
  /** Those of the table and the hint alone. */
  readonly subject: ReadonlySet<string>;
  /** All columns' words, joined: `first name`. */
  readonly columns: ReadonlySet<string>;
  /** The columns' words as written, joined. */
  readonly written: ReadonlySet<string>;
  /** The last words of the columns' names. */
  readonly heads: ReadonlySet<string>;
  /** What a row is, such as `customer`. */
  readonly entity: string | undefined;
  /** What kind of thing that is. */
  readonly entityClass: EntityClass | undefined;
}

/** Kinds of things whose `name`, `title` or `code` means different values. */
export type EntityClass =
  | 'person'
  | 'company'
  | 'product'
  | 'city'
  | 'state'
  | 'country'
  | 'department'
  | 'category'
  | 'event'
  | 'document'
  | 'order'
  | 'file'
  | 'vehicle'
  | 'language'
  | 'currency'
  | 'color'
  | 'bank'
  | 'host'
  | 'animal';
