import { describe, expect, it } from 'vitest';
import { readTables } from './read-tables.ts';

const line = (changes: object = {}): string =>
  JSON.stringify({
    source: 'somewhere/project:schema.sql',
    table: 'customer',
    domain_hint: 'shop',
    locale: 'de_DE',
    columns: [{ name: 'plz', label: 'postcode', alt: null }],
    ...changes,
  });

describe('readTables', () => {
  it('reads a table a line, and skips empty lines', () => {
    const [table, other] = readTables(`${line()}\n\n${line({ domain_hint: undefined })}\n`);
    expect(table).toEqual({
      source: 'somewhere/project:schema.sql',
      table: 'customer',
      domainHint: 'shop',
      locale: 'de_DE',
      columns: [{ name: 'plz', label: 'postcode', alt: null }],
    });
    expect(other?.domainHint).toBeUndefined();
  });

  it('names every line at fault', () => {
    const lines = [line(), 'no JSON', line({ columns: [{ name: 'x', label: 'mail' }] }), line({ columns: [] })];
    const read = () => readTables(lines.join('\n'));
    expect(read).toThrow(/line 2: .*line 3: "mail" is not a label.*line 4: `columns` must list the columns/s);
    expect(read).not.toThrow(/line 1:/);
  });

  it.each([
    ['a text for a table', '"x"', /a table must be an object/],
    ['no locale', line({ locale: undefined }), /`locale` must be a text/],
    ['a name that is a number', line({ columns: [{ name: 1, label: 'other' }] }), /`name` must be a text/],
    ['an unknown alternative', line({ columns: [{ name: 'a', label: 'other', alt: 'x' }] }), /"x" is not a label/],
    ['a column that is null', line({ columns: [null] }), /a column must be an object/],
    ['nothing at all', '\n', /there is no table in it/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readTables(text)).toThrow(message);
  });
});
