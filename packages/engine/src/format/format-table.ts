import type { OptionSpec } from '../types/field-type.ts';
import { SQL_DIALECTS } from './sql-dialect.ts';

/** A format as it is declared: its options stand here once, for the parser, the command line, the REST API and the docs. */
export interface FormatDeclaration {
  readonly summary: string;
  readonly mediaType: string;
  readonly extension: string;
  /** Whether readers tell 42 from "42" whatever the column is. */
  readonly typed?: true;
  /** Paragraphs of the reference page, in Markdown. */
  readonly notes?: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
}

/** The output formats. */
export const formatTable = {
  json: {
    summary: 'one array of objects',
    mediaType: 'application/json',
    extension: 'json',
    typed: true,
    options: {},
  },
  ndjson: {
    summary: 'one object a line',
    mediaType: 'application/x-ndjson',
    extension: 'ndjson',
    typed: true,
    options: {},
  },
  csv: {
    summary: 'cells and lines as in RFC 4180, in UTF-8; null is an empty cell, an empty text is `""`',
    mediaType: 'text/csv; charset=utf-8',
    extension: 'csv',
    notes: [
      'Texts are as they were made, also those that a spreadsheet runs as formulas when it opens the file. With `spreadsheetSafe` names and texts that begin with `=`, `+`, `-`, `@`, their full-width forms, white space, NUL or an apostrophe get an apostrophe before them; numbers, dates, booleans, objects and lists do not. To have the texts back, take one apostrophe off each that begins with one.',
    ],
    options: {
      delimiter: { kind: 'string', summary: 'between cells: `,` `;` `|` or `tab`', default: ',' },
      header: { kind: 'boolean', summary: 'the names of the fields in the first line', default: true },
      quoting: {
        kind: 'one of',
        values: ['minimal', 'all'],
        summary: 'which cells stand in quotes: those that need them, or all but null',
        default: 'minimal',
      },
      lineEnding: { kind: 'one of', values: ['lf', 'crlf'], summary: 'what ends a line', default: 'lf' },
      bom: { kind: 'boolean', summary: 'begin with a byte order mark, by which Excel knows UTF-8', default: false },
      spreadsheetSafe: {
        kind: 'boolean',
        summary: 'an apostrophe before texts that a spreadsheet might take for a formula',
        default: false,
      },
    },
  },
  sql: {
    summary: 'INSERT statements, or statements that insert or update',
    mediaType: 'application/sql',
    extension: 'sql',
    notes: [
      'With `createTable` the output begins with CREATE TABLE: the types of the columns follow from the fields, columns that may be null are nullable, and the fields of `upsert` are the primary key.',
      'With `upsert` the statements are `INSERT … ON CONFLICT` (postgres), `INSERT … ON DUPLICATE KEY UPDATE` (mysql) or `MERGE` (mssql, oracle, db2). The fields must identify rows in the table, by a primary key or a unique index, and not repeat within a statement.',
    ],
    options: {
      dialect: { kind: 'one of', values: SQL_DIALECTS, summary: 'whose SQL', default: 'postgres' },
      table: {
        kind: 'string',
        minLength: 1,
        maxLength: 128,
        summary: 'the table; without it the name of the template, or `data`',
      },
      batch: {
        kind: 'integer',
        min: 1,
        max: 10_000,
        summary: 'rows of one statement; fewer where the dialect allows fewer',
        default: 500,
      },
      createTable: { kind: 'boolean', summary: 'begin with CREATE TABLE', default: false },
      upsert: {
        kind: 'list',
        summary: 'fields that identify a row: rows that are in the table already are updated instead of inserted',
      },
    },
  },
  xml: {
    summary: 'an element for each row, with one for each field in it; null is `xsi:nil`',
    mediaType: 'application/xml',
    extension: 'xml',
    notes: [
      'Well-formed XML 1.0 in UTF-8, whatever the values. Names that an element cannot have are mapped as in SQL/XML: `first name` is `first_x0020_name`. Characters that XML cannot hold (the control characters but tab and line ends) become U+FFFD. An object is an element with its members in it, a list one with an `item` for each of its values.',
    ],
    options: {
      root: { kind: 'string', maxLength: 100, summary: 'the name of the outermost element', default: 'rows' },
      row: { kind: 'string', maxLength: 100, summary: "the name of a row's element", default: 'row' },
    },
  },
  xlsx: {
    summary: 'an Excel workbook: numbers, booleans, dates and times are cells of their kind; null is an empty cell',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    typed: true,
    notes: [
      'Rows beyond the 1,048,576 that a sheet holds go on in further sheets. Dates are those of Excel, formatted as `yyyy-mm-dd`; a field whose days may lie before March 1900, which Excel cannot count, is text. Moments are in UTC. Objects and lists are JSON. Excel itself shows at most 32,767 characters of a cell and 15 digits of a number. Control characters become U+FFFD.',
    ],
    options: {
      sheet: { kind: 'string', minLength: 1, maxLength: 31, summary: 'the name of the sheet', default: 'Sheet1' },
      header: { kind: 'boolean', summary: 'the names of the fields in the first line', default: true },
      freeze: { kind: 'boolean', summary: 'keep the header in sight when the sheet is scrolled', default: true },
    },
  },
  parquet: {
    summary: 'Apache Parquet: typed, compressed columns in row groups',
    mediaType: 'application/vnd.apache.parquet',
    extension: 'parquet',
    notes: [
      'Whole numbers are INT32 or INT64 by their range, numbers of fixed decimals DECIMAL, dates DATE, times TIME_MILLIS, moments TIMESTAMP_MILLIS in UTC, UUIDs UUID; objects and lists of nested templates are groups and lists. What a derived field yields is DOUBLE, BOOLEAN or text by the type of its expression. Objects and lists of no fixed shape are JSON. Columns that cannot be null are REQUIRED.',
    ],
    options: {
      compression: {
        kind: 'one of',
        values: ['snappy', 'none'],
        summary: 'how pages are compressed',
        default: 'snappy',
      },
      rowGroup: {
        kind: 'integer',
        min: 1,
        max: 1_000_000,
        summary: 'rows of a row group, by default 20,000, or fewer with 200,000 values; fewer where rows are wide',
      },
    },
  },
  avro: {
    summary: 'an Avro object container file, with its schema',
    mediaType: 'application/vnd.apache.avro',
    extension: 'avro',
    notes: [
      'Whole numbers are int or long by their range, numbers of fixed decimals decimal, dates date, times time-millis, moments timestamp-millis, UUIDs uuid; objects of nested templates are records, lists arrays of records. Fields that can be null are a union with null. Objects and lists of no fixed shape are JSON texts. Names that Avro cannot have are written as in XML, with the field’s own name in `doc`.',
    ],
    options: {
      compression: {
        kind: 'one of',
        values: ['deflate', 'none'],
        summary: 'how blocks are compressed',
        default: 'deflate',
      },
    },
  },
  custom: {
    summary: 'a text of your own for each row',
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    notes: [
      'For instance `{"format": "custom", "line": "{{id}}|{{name}}\\n"}`. Nothing is added to `line`: a line that ends has `\\n` at its end. In `line`, `head`, `tail` and `separator` a backslash before `n`, `r`, `t`, `\\` or `{` stands for a line feed, a carriage return, a tab and the characters themselves, so that they can be written on a command line. Fields may come in any order, more than once or not at all.',
    ],
    options: {
      line: {
        kind: 'string',
        minLength: 1,
        maxLength: 100_000,
        summary: 'what a row becomes, with the value of a field for its name in double braces, as in `{{id}}`',
        required: true,
      },
      head: { kind: 'string', summary: 'before the first row', default: '' },
      tail: { kind: 'string', summary: 'after the last row', default: '' },
      separator: { kind: 'string', summary: 'between two rows', default: '' },
      values: {
        kind: 'one of',
        values: ['plain', 'json', 'csv', 'sql', 'xml'],
        summary: 'how values are written: as they are, or with the quotes and escapes of another format',
        default: 'plain',
      },
      null: {
        kind: 'string',
        maxLength: 100,
        summary: 'what stands for null, where `values` is plain or xml',
        default: '',
      },
    },
  },
} as const satisfies Readonly<Record<string, FormatDeclaration>>;

export type Format = keyof typeof formatTable;

/** The names of the formats. */
export const FORMATS = Object.keys(formatTable) as readonly Format[];
