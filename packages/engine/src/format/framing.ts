import type { Column } from './column.ts';
import { csvText, DELIMITERS } from './csv-encoding.ts';
import { parseLine, unescapeLine } from './custom-line.ts';
import type { FormatOptions, OptionsOf } from './format-options.ts';
import { guarded } from './spreadsheet-guard.ts';
import { sqlFraming } from './sql-framing.ts';
import { xlsxFraming } from './xlsx-framing.ts';

/** What stands around the values: of a row, of a batch of rows, of the whole output. */
export interface Framing {
  /** Before the first row, and after the last. */
  readonly head: string;
  readonly tail: string;
  /** The values of a row: the index of each one's field, and what stands before it; the row's own opening is in the first. */
  readonly cells: readonly Cell[];
  readonly rowClose: string;
  /** Between two rows of a batch. */
  readonly rowSeparator: string;
  /** Rows of a batch, and what stands before and after each. Infinity: the whole output is one batch. */
  readonly batch: { readonly rows: number; readonly head: string; readonly tail: string };
}

export interface Cell {
  readonly before: string;
  readonly field: number;
}

const WHOLE = { rows: Number.POSITIVE_INFINITY, head: '', tail: '' };

/**
 * The framing of a format for fields of these names.
 * @param name the template's
 * @param columns what the fields hold, for formats that say so in their head
 */
export function framingOf(
  options: FormatOptions,
  name: string,
  fields: readonly string[],
  columns: () => readonly Column[],
): Framing {
  switch (options.format) {
    case 'json':
      return { ...jsonRows(fields), head: '[\n', tail: '\n]\n', rowSeparator: ',\n' };
    case 'ndjson':
      return { ...jsonRows(fields), head: '', tail: '', rowClose: '}\n', rowSeparator: '' };
    case 'csv':
      return csvFraming(options, fields);
    case 'sql':
      return sqlFraming(options, name, fields, columns);
    case 'parquet':
    case 'avro':
      return valueRows(fields);
    case 'xlsx':
      return xlsxFraming(options, fields);
    case 'xml':
      return xmlFraming(options, fields);
    case 'custom':
      return customFraming(options, fields);
  }
}

const jsonRows = (fields: readonly string[]) => ({
  cells: fields.map((name, field) => ({ before: `${field === 0 ? '{' : ','}${JSON.stringify(name)}:`, field })),
  rowClose: '}',
  batch: WHOLE,
});

/** Rows as lists of JSON values, to be read again by the encoder of a file (file/row-values.ts). */
const valueRows = (fields: readonly string[]): Framing => ({
  head: '',
  tail: '',
  cells: fields.map((_, field) => ({ before: field === 0 ? '[' : ',', field })),
  rowClose: '],',
  rowSeparator: '',
  batch: WHOLE,
});

function csvFraming(options: OptionsOf<'csv'>, fields: readonly string[]): Framing {
  const { delimiter = ',', header = true, quoting, lineEnding, bom = false, spreadsheetSafe = false } = options;
  const separator = DELIMITERS.get(delimiter) ?? delimiter;
  const end = lineEnding === 'crlf' ? '\r\n' : '\n';
  const names = fields.map((field) => csvText(spreadsheetSafe ? guarded(field) : field, separator, quoting === 'all'));
  return {
    head: `${bom ? '\uFEFF' : ''}${header ? names.join(separator) + end : ''}`,
    tail: '',
    cells: fields.map((_, field) => ({ before: field === 0 ? '' : separator, field })),
    rowClose: end,
    rowSeparator: '',
    batch: WHOLE,
  };
}

function xmlFraming({ root = 'rows', row = 'row' }: OptionsOf<'xml'>, fields: readonly string[]): Framing {
  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n`,
    tail: `</${root}>\n`,
    cells: fields.map((_, field) => ({ before: field === 0 ? `<${row}>` : '', field })),
    rowClose: `</${row}>\n`,
    rowSeparator: '',
    batch: WHOLE,
  };
}

function customFraming(options: OptionsOf<'custom'>, fields: readonly string[]): Framing {
  const cells: Cell[] = [];
  let before = '';
  for (const part of parseLine(options.line) ?? []) {
    if ('text' in part) before += part.text;
    else {
      cells.push({ before, field: fields.indexOf(part.field) });
      before = '';
    }
  }
  return {
    head: unescapeLine(options.head ?? ''),
    tail: unescapeLine(options.tail ?? ''),
    cells,
    rowClose: before,
    rowSeparator: unescapeLine(options.separator ?? ''),
    batch: WHOLE,
  };
}
