/** What a database says of itself, in the words of the SQL standard's information schema. */
export interface DatabaseSchema {
  readonly tables: readonly Table[];
  /** What was seen and is not described here, by name: rules in languages of their own, foreign tables. */
  readonly notices: readonly SchemaNotice[];
}

export interface SchemaNotice {
  /** `order_line.quantity`, `order_line` or the name of a constraint. */
  readonly subject: string;
  readonly message: string;
  /** What programs look at; undefined: it is for people only. */
  readonly code?: 'triggers' | 'no_transactions';
}

/** A name within the schema that it is in. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export interface Table extends TableName {
  readonly comment: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: Key | null;
  /** Without the primary key. */
  readonly uniqueKeys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** About how many rows there are, by the statistics of the database; null: unknown. */
  readonly rowEstimate: number | null;
  /** Whether rows may have columns that are not described, as documents may; undefined: no. */
  readonly isOpen?: boolean;
  /** What is asked of a system of HTTP to put rows in; undefined: it has tables. */
  readonly operation?: TableOperation;
  /** Rows of other tables that a row may bring with it (deep insert); undefined: none. */
  readonly nested?: readonly NestedRows[];
}

/** An operation of an OpenAPI document that takes rows. */
export interface TableOperation {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** With parts in braces: `/pets/{petId}/visits`. */
  readonly path: string;
  /** Where rows are in a body: it is a row, a list of rows, or has them in the list of a property. */
  readonly rows: 'body' | 'list' | { readonly property: string };
  /** Columns that go into the path, by the names in braces. */
  readonly parameters: readonly string[];
  /** Those of them that go into the body as well. */
  readonly inBody: readonly string[];
}

export interface NestedRows {
  /** What they stand under in the row. */
  readonly name: string;
  readonly table: TableName;
  /** A list of rows, or one. */
  readonly many: boolean;
  /** Columns of the rows within that are equal to columns of the row that they are in: the system fills them; undefined: none is known. */
  readonly link?: readonly { readonly column: string; readonly parent: string }[];
  /** Rows that are nowhere but within the row, and go with it; `table` is the path to them. Undefined: they are rows of that table. */
  readonly contained?: Table;
}

export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface UniqueKey extends Key {
  /** Whether two rows with null are the same to it (NULLS NOT DISTINCT). */
  readonly nullsAreEqual: boolean;
  /** The rows that it holds for, as the database writes it; null: all. */
  readonly condition: string | null;
}

export interface ForeignKey extends Key {
  readonly to: TableName;
  /** In the order of `columns`. */
  readonly toColumns: readonly string[];
  /** Whether it may be checked at the end of a transaction. */
  readonly isDeferrable: boolean;
}

export interface Check {
  readonly name: string;
  /** As the database writes it, without `CHECK` and the brackets around it. */
  readonly expression: string;
}

/** What values of a column are, whatever the database calls them. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'binary'
  | 'date'
  | 'time'
  | 'datetime'
  | 'datetime_zoned'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'xml'
  | 'bits'
  | 'ip'
  | 'mac'
  | 'other';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As the database writes it: `character varying(40)`. */
  readonly type: string;
  /** Dimensions of a list; 0: none. */
  readonly dimensions: number;
  readonly nullable: boolean;
  /** Most characters, or bytes of `binary`, or bits of `bits`; null: no limit. */
  readonly maxLength: number | null;
  /** Whether shorter texts are filled with spaces. */
  readonly isPadded: boolean;
  /** Decimal digits in all and behind the point; bits of an integer or a float; of a time, digits of a second in `scale`. */
  readonly precision: number | null;
  readonly scale: number | null;
  /** The only values, of an enumeration. */
  readonly values: readonly string[] | null;
  /** As the database writes it; null: none. */
  readonly default: string | null;
  /** Who makes the value when none is given; `always`: none can be given. */
  readonly generated: 'always' | 'by_default' | null;
  /** Whether it is computed from other columns of the row; undefined: no. */
  readonly isComputed?: boolean;
  /** What was seen within documents, or lists of them; undefined: nothing is known of it, or there is nothing within. */
  readonly inside?: { readonly isList: boolean; readonly columns: readonly Column[] };
  /** Whether texts that differ in capitals, accents or spaces at their end are the same to its keys; undefined: no. */
  readonly isCaseless?: boolean;
  /** A value that goes into it, where the kind is `other`; undefined: nothing is known. */
  readonly sample?: string;
  readonly comment: string | null;
}
