import type { FormatOptions } from '../format-options.ts';
import { FORMATS } from '../format-table.ts';
import { isFile } from '../is-file.ts';

/** Every format with its defaults, for fields of these names. */
export const exampleFormats = (fields: readonly string[]): FormatOptions[] =>
  FORMATS.map((format) =>
    format === 'custom' ? { format, line: `${fields.map((name) => `{{${name}}}`).join('|')}\\n` } : { format },
  );

/** Those whose output is the bytes of their rows. */
export const exampleTextFormats = (fields: readonly string[]): FormatOptions[] =>
  exampleFormats(fields).filter(({ format }) => !isFile(format));
