/** SQL dialects, by what differs between them in literals and names. */
export const SQL_DIALECTS = ['postgres', 'mysql', 'mssql', 'oracle', 'db2'] as const;
export type SqlDialect = (typeof SQL_DIALECTS)[number];

export interface DialectRules {
  /** Before a text literal: T-SQL needs N for characters outside the server's code page. */
  readonly textPrefix: string;
  /** MySQL reads backslashes in literals as escapes (unless NO_BACKSLASH_ESCAPES is set). */
  readonly backslashEscapes: boolean;
  readonly boolean: readonly [string, string];
  readonly date: { readonly prefix: string };
  /** Whether moments are written as in ISO 8601 with T and Z, else with a blank and in UTC without a zone. */
  readonly datetime: { readonly prefix: string; readonly iso: boolean };
  readonly identifier: { readonly open: string; readonly close: string };
  /** Multi-row VALUES, or Oracle's INSERT ALL. */
  readonly batch: 'values' | 'insert all';
  /** Most rows of one statement, as a function of the columns. */
  readonly maxBatch: (columns: number) => number;
}

const quotes = { open: '"', close: '"' };

/** The rules of each dialect; sources: the vendors' reference manuals, chapters on literals and identifiers. */
export const dialects: Readonly<Record<SqlDialect, DialectRules>> = {
  postgres: {
    textPrefix: '',
    backslashEscapes: false,
    boolean: ['FALSE', 'TRUE'],
    date: { prefix: '' },
    datetime: { prefix: '', iso: true },
    identifier: quotes,
    batch: 'values',
    maxBatch: () => 10_000,
  },
  mysql: {
    textPrefix: '',
    backslashEscapes: true,
    boolean: ['FALSE', 'TRUE'],
    date: { prefix: '' },
    datetime: { prefix: '', iso: false },
    identifier: { open: '`', close: '`' },
    batch: 'values',
    maxBatch: () => 10_000,
  },
  mssql: {
    textPrefix: 'N',
    backslashEscapes: false,
    boolean: ['0', '1'],
    date: { prefix: '' },
    datetime: { prefix: '', iso: false },
    identifier: { open: '[', close: ']' },
    batch: 'values',
    maxBatch: () => 1000, // a table value constructor holds at most 1,000 rows
  },
  oracle: {
    textPrefix: '',
    backslashEscapes: false,
    boolean: ['0', '1'],
    date: { prefix: 'DATE ' },
    datetime: { prefix: 'TIMESTAMP ', iso: false },
    identifier: quotes,
    batch: 'insert all',
    maxBatch: (columns) => Math.max(1, Math.floor(999 / columns)), // ORA-24335: 1,000 columns in all INTO clauses together
  },
  db2: {
    textPrefix: '',
    backslashEscapes: false,
    boolean: ['FALSE', 'TRUE'],
    date: { prefix: '' },
    datetime: { prefix: '', iso: false },
    identifier: quotes,
    batch: 'values',
    maxBatch: () => 1000,
  },
};

/** A quoted name: whatever is in it stays inside the quotes. */
export function quoteIdentifier(name: string, dialect: SqlDialect): string {
  const { open, close } = dialects[dialect].identifier;
  return `${open}${name.replaceAll(close, close + close)}${close}`;
}
