import type { Column } from './column.ts';
import { csvText, DELIMITERS, isFormula } from './csv-encoding.ts';
import type { FormatOptions, OptionsOf } from './format-options.ts';
import { sqlFraming } from './sql-framing.ts';

/** What stands around the values: of a row, of a batch of rows, of the whole output. */
export interface Framing {
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
  }
}

const jsonRows = (fields: readonly string[]) => ({
  beforeField: fields.map((field, index) => `${index === 0 ? '{' : ','}${JSON.stringify(field)}:`),
  rowClose: '}',
  batch: WHOLE,
});

function csvFraming(options: OptionsOf<'csv'>, fields: readonly string[]): Framing {
  const { delimiter = ',', header = true, quoting, lineEnding, bom = false, spreadsheetSafe = false } = options;
  const separator = DELIMITERS.get(delimiter) ?? delimiter;
  const end = lineEnding === 'crlf' ? '\r\n' : '\n';
  const names = fields.map((field) =>
    csvText(spreadsheetSafe && isFormula(field) ? `'${field}` : field, separator, quoting === 'all'),
  );
  return {
    head: `${bom ? '\uFEFF' : ''}${header ? names.join(separator) + end : ''}`,
    tail: '',
    beforeField: fields.map((_, index) => (index === 0 ? '' : separator)),
    rowClose: end,
    rowSeparator: '',
    batch: WHOLE,
  };
}
