import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LabelledTable, readTables } from './read-tables.ts';

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

describe('the labelled columns', () => {
  const sets = [
    'columns.jsonl',
    'columns-unseen.jsonl',
    'columns-held-out.jsonl',
    'columns-second-held-out.jsonl',
    'columns-third-held-out.jsonl',
    'columns-fourth-held-out.jsonl',
  ];
  const tablesOf = (set: string): LabelledTable[] => readTables(readFileSync(new URL(set, import.meta.url), 'utf8'));
  /** What is in more than one set. */
  const shared = (keysOf: (set: string) => Iterable<string>): string[] => {
    const seen = sets.flatMap((set) => [...new Set(keysOf(set))]);
    return seen.filter((key, at) => seen.indexOf(key) !== at);
  };

  it.each(sets)('%s can be read, and names no column of a table twice', (set) => {
    for (const { table, columns } of tablesOf(set)) {
      const names = columns.map(({ name }) => name);
      expect(names, table).toEqual([...new Set(names)]);
    }
  });

  it.each(sets)('%s defends no label with itself', (set) => {
    const columns = tablesOf(set).flatMap((table) => table.columns);
    expect(columns.filter(({ label, alt }) => label === alt)).toEqual([]);
  });

  // Rules that were written for the columns of a project would score well on other tables of it.
  it('takes no project into more than one set', () => {
    expect(shared((set) => tablesOf(set).flatMap(projectOf))).toEqual([]);
  });

  it('takes no table into more than one set, where the project has no name', () => {
    const keyOf = ({ columns, table }: LabelledTable) =>
      JSON.stringify([table, columns.map(({ name }) => name).sort()]);
    expect(shared((set) => tablesOf(set).map(keyOf))).toEqual([]);
  });
});

/** Owner and repository of a table's source, or what stands before the file; none where the source has no name. */
function projectOf({ source }: LabelledTable): string[] {
  if (source === 'a public schema') return [];
  const repository = /^[\w.-]+\/[\w.-]+/.exec(source)?.[0];
  return [(repository ?? source.split(/[:,]/, 1)[0] ?? source).toLowerCase()];
}
