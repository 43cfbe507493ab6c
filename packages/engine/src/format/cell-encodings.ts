import type { CellEncoding } from './cell-encoding.ts';
import { csvEncoding, DELIMITERS } from './csv-encoding.ts';
import type { FormatOptions, OptionsOf } from './format-options.ts';
import { jsonEncoding } from './json-encoding.ts';
import { plainEncoding } from './plain-encoding.ts';
import { sqlEncoding } from './sql-encoding.ts';
import { xlsxEncoding } from './xlsx-encoding.ts';
import { escapeXml, xmlElement } from './xml-encoding.ts';

/** How the values of fields of these names are written in a format, field by field. */
export function cellEncodings(options: FormatOptions, fields: readonly string[]): readonly CellEncoding[] {
  const same = (encoding: CellEncoding): CellEncoding[] => fields.map(() => encoding);
  switch (options.format) {
    case 'json':
    case 'ndjson':
    case 'parquet':
    case 'avro':
      return same(jsonEncoding);
    case 'csv': {
      const { delimiter = ',', quoting, spreadsheetSafe = false } = options;
      const separator = DELIMITERS.get(delimiter) ?? delimiter;
      return same(csvEncoding({ delimiter: separator, quoteAll: quoting === 'all', spreadsheetSafe }));
    }
    case 'sql':
      return same(sqlEncoding(options.dialect ?? 'postgres'));
    case 'xlsx':
      return same(xlsxEncoding);
    case 'xml':
      return fields.map(xmlElement);
    case 'custom':
      return same(customEncoding(options));
  }
}

function customEncoding({ values = 'plain', null: ofNull = '' }: OptionsOf<'custom'>): CellEncoding {
  switch (values) {
    case 'plain':
      return plainEncoding(ofNull);
    case 'xml':
      return plainEncoding(ofNull, escapeXml);
    case 'json':
      return jsonEncoding;
    case 'csv':
      return csvEncoding({ delimiter: ',', quoteAll: false, spreadsheetSafe: false });
    case 'sql':
      return sqlEncoding('postgres');
  }
}
