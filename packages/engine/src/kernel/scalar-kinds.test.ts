import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { allTypes } from '../types/registry.ts';
import { planOf, type TestField, textOf } from '../types/testing/compiled.ts';
import { type ScalarKind, scalarKinds } from './scalar-kinds.ts';

const ROWS = 200;
const CSV = { format: 'csv', header: false, quoting: 'all' } as const;

/** The rows of CSV with all its texts in quotes, by RFC 4180; undefined: an empty field without quotes. */
function readCsv(text: string): (string | undefined)[][] {
  const rows: (string | undefined)[][] = [];
  let row: (string | undefined)[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain || undefined : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const READ: Readonly<Record<ScalarKind, (text: string) => unknown>> = {
  text: (text) => text,
  // As it stands: a column may keep what is written.
  number: (text) => (String(Number(text)) === text ? Number(text) : text),
  decimal: Number,
  boolean: (text) => JSON.parse(text) as unknown,
};

const fieldsOf = (type: (typeof allTypes)[number]): TestField[] => [
  ...(type.exampleFields ?? []),
  { name: 'of the type', type: type.key, ...(type.exampleOptions && { options: type.exampleOptions }) },
  { name: 'mostly null', type: type.key, options: { ...type.exampleOptions, nullPercentage: 70 } },
];

describe('kinds of scalars', () => {
  it('are those of the values of every type, and CSV says the same', async () => {
    const known: string[] = [];
    for (const type of allTypes.filter(({ external }) => external === undefined)) {
      const plan = await planOf(fieldsOf(type));
      const rows = generateRows(plan, 0, ROWS);
      const lines = readCsv(textOf(plan, CSV, 0, ROWS));
      for (const field of plan.fields) {
        // Alone, as far as it can be: others need not have a kind.
        const kind = scalarKinds({ fields: [field] })?.get(field.name);
        if (kind === undefined) continue;
        known.push(type.key);
        const place = plan.fields.indexOf(field);
        const cells = lines.map((row) => row[place]);
        const values = rows.map((row) => row[field.name] ?? undefined);
        const told = { type: type.key, field: field.name };
        expect({ ...told, values: cells.map((cell) => (cell === undefined ? cell : READ[kind](cell))) }).toEqual({
          ...told,
          values,
        });
      }
    }
    expect(new Set(known).size).toBeGreaterThan(allTypes.length * 0.8);
  });

  it.each([
    ['a list of several kinds', { type: 'pick', options: { values: ['a', 1] } }],
    ['half of a surrogate pair', { type: 'constant', options: { value: 'a\ud800' } }],
    ['objects', { type: 'object', options: { fields: [{ name: 'in', type: 'integer' }] } }],
  ])('are not told of %s', async (_, field) => {
    const plan = await planOf([{ name: 'x', ...field } as TestField, { name: 'id', type: 'sequence' }]);
    expect(scalarKinds(plan)).toBeUndefined();
  });
});
