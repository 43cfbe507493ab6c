import type { ProgramField } from '../plan/program.ts';
import type { CellEncoding } from './cell-encoding.ts';
import { csvEncoding, csvText } from './csv-encoding.ts';
import type { FormatOptions } from './format-options.ts';
import { jsonEncoding } from './json-encoding.ts';
import { dialects, quoteIdentifier } from './sql-dialect.ts';
import { sqlEncoding } from './sql-encoding.ts';

/** What stands around the values: of a row, of a batch of rows, of the whole output. */
export interface Framing {
  readonly encoding: CellEncoding;
  /** Before the first row, and after the last. */
  readonly head: string;
  readonly tail: string;
  /** Before each field of a row; the row's own opening is in the first. */
  readonly beforeField: readonly string[];
  readonly rowClose: string;
  /** Between two rows of a batch. */
  readonly rowSeparator: string;
  /** Rows of a batch, and what stands before and after each. Infinity: the whole output is one batch. */
  readonly batch: { readonly rows: number; readonly head: string; readonly tail: string };
}

/** The framing of a format for these fields. */
export function framingOf(options: FormatOptions, name: string, fields: readonly ProgramField[]): Framing {
  switch (options.format) {
    case 'json':
      return { ...jsonRows(fields), head: '[\n', tail: '\n]\n', rowSeparator: ',\n' };
    case 'ndjson':
      return { ...jsonRows(fields), head: '', tail: '', rowClose: '}\n', rowSeparator: '' };
    case 'csv': {
      const end = options.lineEnding === 'crlf' ? '\r\n' : '\n';
      return {
        encoding: csvEncoding,
        head: `${fields.map((field) => csvText(field.name)).join(',')}${end}`,
        tail: '',
        beforeField: fields.map((_, index) => (index === 0 ? '' : ',')),
        rowClose: end,
        rowSeparator: '',
        batch: WHOLE,
      };
    }
    case 'sql':
      return sqlFraming(options, name, fields);
  }
}

const WHOLE = { rows: Number.POSITIVE_INFINITY, head: '', tail: '' };

const jsonRows = (fields: readonly ProgramField[]) => ({
  encoding: jsonEncoding,
  beforeField: fields.map((field, index) => `${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`),
  rowClose: '}',
  batch: WHOLE,
});

function sqlFraming(
  options: Extract<FormatOptions, { format: 'sql' }>,
  name: string,
  fields: readonly ProgramField[],
): Framing {
  const dialect = options.dialect ?? 'postgres';
  const rules = dialects[dialect];
  const quoted = (id: string): string => quoteIdentifier(id, dialect);
  const target = `${quoted(options.table ?? (name === '' ? 'data' : name))} (${fields.map((field) => quoted(field.name)).join(', ')})`;
  const rows = Math.min(options.batch ?? 500, rules.maxBatch(fields.length));
  const values = rules.batch === 'values';
  return {
    encoding: sqlEncoding(dialect),
    head: '',
    tail: '',
    beforeField: fields.map((_, index) => (index > 0 ? ', ' : values ? '(' : `  INTO ${target} VALUES (`)),
    rowClose: ')',
    rowSeparator: values ? ',\n' : '\n',
    batch: values
      ? { rows, head: `INSERT INTO ${target} VALUES\n`, tail: ';\n' }
      : { rows, head: 'INSERT ALL\n', tail: '\nSELECT 1 FROM DUAL;\n' },
  };
}
