/** What the REST API answers of systems, as far as pages show it. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey extends Key {
  readonly to: TableName;
  /** In the order of `columns`. */
  readonly toColumns: readonly string[];
}

export interface Column {
  readonly name: string;
  /** As the system writes it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  /** Who makes the value when none is given; `always`: none can be given. */
  readonly generated: 'always' | 'by_default' | null;
  readonly comment: string | null;
}

export interface Table extends TableName {
  readonly comment: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: Key | null;
  readonly uniqueKeys: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly { readonly name: string; readonly expression: string }[];
  readonly rowEstimate: number | null;
  /** Whether rows may have columns that are not described. */
  readonly isOpen?: boolean;
  /** Rows of other tables that a row may bring with it. */
  readonly nested?: readonly { readonly name: string; readonly many: boolean }[];
}

export interface Metadata {
  readonly tables: readonly Table[];
  readonly notices: readonly { readonly subject: string; readonly message: string }[];
  readonly readAt: string;
}

export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly Record<string, unknown>[];
  readonly more: boolean;
}

export interface ColumnMapping {
  readonly table: TableName;
  /** false: names suggest it. */
  readonly saved: boolean;
  /** The column of each field; null: the field is left out. */
  readonly columns: Readonly<Record<string, string | null>>;
  readonly skipped: readonly {
    readonly column: string;
    readonly reason: 'generated' | 'default' | 'null' | 'required';
  }[];
  readonly problems: readonly { readonly code: string; readonly pointer: string; readonly message: string }[];
}

export interface SeedPlan {
  readonly seed: string;
  readonly planHash: string;
  readonly tables: readonly {
    /** `schema.name`. */
    readonly table: string;
    readonly rows: number;
    readonly columns: number;
    readonly keys: readonly string[];
    readonly parents: readonly { readonly table: string; readonly later: boolean }[];
  }[];
  readonly leftOut: readonly string[];
  readonly problems: readonly {
    readonly code: string;
    readonly subject: string;
    readonly message: string;
    readonly blocks: boolean;
  }[];
  readonly estimate: { readonly rows: number; readonly bytes: number };
}
