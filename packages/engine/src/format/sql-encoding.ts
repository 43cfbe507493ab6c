import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { jsonInside } from './json-encoding.ts';
import { dialects, type SqlDialect } from './sql-dialect.ts';

/** SQL literals of a dialect. */
export function sqlEncoding(dialect: SqlDialect): CellEncoding {
  const rules = dialects[dialect];
  const escapeText = rules.backslashEscapes
    ? (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "''")
    : (text: string): string => text.replaceAll("'", "''");
  const bare: TextForm = { open: '', close: '', escape: (text) => text };
  const text: TextForm = { open: `${rules.textPrefix}'`, close: "'", escape: escapeText };
  const ascii: TextForm = { open: "'", close: "'", escape: escapeText };
  const date: TextForm = { open: `${rules.date.prefix}'`, close: "'", escape: escapeText };
  const datetime: TextForm = {
    open: `${rules.datetime.prefix}'`,
    close: "'",
    escape: rules.datetime.iso ? escapeText : (part) => part.replaceAll('T', ' ').replaceAll('Z', ''),
  };
  const forms = { string: text, integer: bare, decimal: bare, date, time: ascii, datetime, uuid: ascii };
  return {
    null: 'NULL',
    boolean: rules.boolean,
    text: (kind) => forms[kind],
    value: (value) => {
      if (value === null || value === undefined) return 'NULL';
      if (typeof value === 'boolean') return rules.boolean[value ? 1 : 0];
      if (typeof value === 'number') return String(value);
      const content = typeof value === 'string' ? value : JSON.stringify(value);
      return `${text.open}${escapeText(content)}${text.close}`;
    },
    structure: jsonInside(text.open, text.close, escapeText),
  };
}
