const SPECIAL = /[\\\b\f\n\r\t\v]/;
const ALL_SPECIAL = /[\\\b\f\n\r\t\v]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** Rows in the text format of COPY (PostgreSQL documentation, "COPY", "Text Format"), in UTF-8. */
export function copyText(rows: readonly (readonly (string | null)[])[]): Uint8Array {
  let text = '';
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      if (i > 0) text += '\t';
      const value = row[i];
      if (value === null || value === undefined) text += '\\N';
      else text += SPECIAL.test(value) ? value.replace(ALL_SPECIAL, (special) => ESCAPES[special] as string) : value;
    }
    text += '\n';
  }
  return Buffer.from(text);
}
