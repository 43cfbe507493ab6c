import type { FormatOptions } from '../format-options.ts';
import { FORMATS } from '../format-table.ts';

/** Every format with its defaults, for fields of these names. */
export const exampleFormats = (fields: readonly string[]): FormatOptions[] =>
  FORMATS.map((format) =>
    format === 'custom' ? { format, line: `${fields.map((name) => `{{${name}}}`).join('|')}\\n` } : { format },
  );
