import type { CellEncoding, TextForm } from './cell-encoding.ts';

/** Text inside a JSON string (RFC 8259, section 7), without the quotes. */
export const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const plain: TextForm = { open: '', close: '', escape: (text) => text };
const quoted: TextForm = { open: '"', close: '"', escape: escapeJson };

/** JSON values. */
export const jsonEncoding: CellEncoding = {
  null: 'null',
  boolean: ['false', 'true'],
  text: (kind) => (kind === 'integer' || kind === 'decimal' ? plain : quoted),
  value: (value) => JSON.stringify(value ?? null),
  get structure() {
    return { open: '', close: '', inner: jsonEncoding };
  },
};

/** JSON whose every byte is escaped once more, for a JSON document inside a CSV cell or an SQL literal. */
export function nestedJson(escapeOnce: (text: string) => string): CellEncoding {
  const wrap = (form: TextForm): TextForm => ({
    open: escapeOnce(form.open),
    close: escapeOnce(form.close),
    escape: (text) => escapeOnce(form.escape(text)),
  });
  const strings = wrap(quoted);
  const encoding: CellEncoding = {
    null: 'null',
    boolean: ['false', 'true'],
    text: (kind) => (kind === 'integer' || kind === 'decimal' ? plain : strings),
    value: (value) => escapeOnce(JSON.stringify(value ?? null)),
    structure: {
      open: '',
      close: '',
      get inner() {
        return encoding;
      },
    },
  };
  return encoding;
}
