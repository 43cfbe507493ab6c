import type { OptionSpec } from '../types/field-type.ts';
import { SQL_DIALECTS } from './sql-dialect.ts';

/** A format as it is declared: its options stand here once, for the parser, the command line, the REST API and the docs. */
export interface FormatDeclaration {
  readonly summary: string;
  readonly mediaType: string;
  readonly extension: string;
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
    options: {},
  },
  ndjson: {
    summary: 'one object a line',
    mediaType: 'application/x-ndjson',
    extension: 'ndjson',
    options: {},
  },
  csv: {
    summary: 'cells and lines as in RFC 4180, in UTF-8; null is an empty cell, an empty text is `""`',
    mediaType: 'text/csv; charset=utf-8',
    extension: 'csv',
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
        summary: 'an apostrophe before texts that a spreadsheet would take for a formula',
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
} as const satisfies Readonly<Record<string, FormatDeclaration>>;

export type Format = keyof typeof formatTable;

/** The names of the formats. */
export const FORMATS = Object.keys(formatTable) as readonly Format[];
