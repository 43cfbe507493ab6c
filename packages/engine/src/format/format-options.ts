import { type Diagnostic, failure, type Result, show, success } from '../template/diagnostic.ts';
import { hasControlCharacters } from '../text/control-characters.ts';
import { nearest } from '../text/nearest.ts';
import { SQL_DIALECTS, type SqlDialect } from './sql-dialect.ts';

export const FORMATS = ['json', 'ndjson', 'csv', 'sql'] as const;
export type Format = (typeof FORMATS)[number];

export type FormatOptions =
  | { readonly format: 'json' | 'ndjson' }
  | { readonly format: 'csv'; readonly lineEnding?: 'lf' | 'crlf' }
  | {
      readonly format: 'sql';
      /** Default postgres. */
      readonly dialect?: SqlDialect;
      /** Default: the template's name, or `data`. */
      readonly table?: string;
      /** Rows of one INSERT, default 500; less where the dialect allows less. */
      readonly batch?: number;
    };

interface FormatInfo {
  readonly mediaType: string;
  readonly extension: string;
  /** Whether readers tell 42 from "42" whatever the column is. */
  readonly typed?: true;
}

const INFO: Readonly<Record<Format, FormatInfo>> = {
  json: { mediaType: 'application/json', extension: 'json', typed: true },
  ndjson: { mediaType: 'application/x-ndjson', extension: 'ndjson', typed: true },
  csv: { mediaType: 'text/csv; charset=utf-8', extension: 'csv' },
  sql: { mediaType: 'application/sql', extension: 'sql' },
};

/** Media type and file extension of a format. */
export const formatInfo = (format: Format): FormatInfo => INFO[format];

/** Checks a format and its options, e.g. `{ format: 'sql', dialect: 'mysql', table: 'customers' }`. */
export function parseFormat(value: unknown): Result<FormatOptions> {
  if (value === null || typeof value !== 'object')
    return failure(problem('/format', `the format must be named, not ${show(value)}`));
  const { format, dialect, table, batch, lineEnding, ...unknown } = value as Record<string, unknown>;
  if (typeof format !== 'string' || !(FORMATS as readonly string[]).includes(format)) {
    const near = typeof format === 'string' ? nearest(format, FORMATS) : undefined;
    const hint =
      near === undefined ? `formats: ${FORMATS.join(', ')}` : `did you mean ${near}? Formats: ${FORMATS.join(', ')}`;
    return failure(problem('/format', `unknown format ${show(format)}`, hint));
  }
  const diagnostics: Diagnostic[] = Object.keys(unknown).map((key) =>
    problem(`/${key}`, `unknown format option ${show(key)}`),
  );
  const only = (wanted: Format, options: Record<string, unknown>): void => {
    for (const [key, option] of Object.entries(options)) {
      if (option !== undefined && format !== wanted)
        diagnostics.push(problem(`/${key}`, `\`${key}\` is an option of format ${wanted}`, 'leave it out'));
    }
  };
  only('sql', { dialect, table, batch });
  only('csv', { lineEnding });
  if (dialect !== undefined && !(SQL_DIALECTS as readonly unknown[]).includes(dialect)) {
    diagnostics.push(problem('/dialect', `unknown dialect ${show(dialect)}`, `dialects: ${SQL_DIALECTS.join(', ')}`));
  }
  if (table !== undefined && !isTableName(table)) {
    diagnostics.push(
      problem('/table', `${show(table)} cannot name a table`, 'use 1 to 128 characters without control characters'),
    );
  }
  if (batch !== undefined && !(Number.isSafeInteger(batch) && (batch as number) >= 1 && (batch as number) <= 10_000)) {
    diagnostics.push(
      problem('/batch', `${show(batch)} rows cannot make a statement`, 'use a whole number from 1 to 10000'),
    );
  }
  if (lineEnding !== undefined && lineEnding !== 'lf' && lineEnding !== 'crlf') {
    diagnostics.push(problem('/lineEnding', `unknown line ending ${show(lineEnding)}`, 'use lf or crlf'));
  }
  if (diagnostics.length > 0) return failure(...diagnostics);
  const given = Object.entries({ dialect, table, batch, lineEnding }).filter(([, option]) => option !== undefined);
  return success({ format, ...Object.fromEntries(given) } as FormatOptions);
}

const isTableName = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= 128 && !hasControlCharacters(value);

const problem = (pointer: string, message: string, hint?: string): Diagnostic => ({
  code: 'invalid_format',
  pointer,
  message,
  ...(hint === undefined ? {} : { hint }),
});
