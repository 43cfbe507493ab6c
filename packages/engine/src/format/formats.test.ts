import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { planOf, textOf } from '../types/testing/compiled.ts';
import { quoteIdentifier, SQL_DIALECTS } from './sql-dialect.ts';

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', "'", '\\', '😀', 'é', '\t', ';'), maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const values = fc.array(value, { minLength: 1, maxLength: 6 });

describe('csv', () => {
  it('is read back by another parser as it was, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (a, b) => {
        const plan = await planOf([
          { name: 'a "quoted", name', type: 'enum', options: { values: a } },
          { name: 'b', type: 'enum', options: { values: b, null_percentage: 20 } },
          { name: 'n', type: 'sequence' },
        ]);
        const text = textOf(plan, { format: 'csv' }, 0, 20);
        const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
        expect(errors).toEqual([]);
        const rows = generateRows(plan, 0, 20);
        expect(data[0]).toEqual(['a "quoted", name', 'b', 'n']);
        expect(data.slice(1, -1)).toEqual(
          rows.map((row) => Object.values(row).map((cell) => (cell === null ? '' : String(cell)))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('tells an empty text from null', async () => {
    const plan = await planOf([{ name: 'v', type: 'enum', options: { values: ['', null] } }]);
    const lines = new Set(textOf(plan, { format: 'csv' }, 0, 50).split('\n').slice(1, -1));
    expect(lines).toEqual(new Set(['""', '']));
  });

  it('ends lines as asked', async () => {
    const plan = await planOf([{ name: 'n', type: 'sequence' }]);
    expect(textOf(plan, { format: 'csv' }, 0, 2)).toBe('n\n1\n2\n');
    expect(textOf(plan, { format: 'csv', lineEnding: 'crlf' }, 0, 2)).toBe('n\r\n1\r\n2\r\n');
  });
});

describe('json and ndjson', () => {
  it('hold the same rows, in one array or one a line', async () => {
    const plan = await planOf([
      { name: 'a"\\b', type: 'enum', options: { values: ['"', '\\', '\u0001', '\u2028', 'x'] } },
      { name: '__proto__', type: 'sequence' },
    ]);
    const json = textOf(plan, { format: 'json' }, 0, 30);
    const lines = textOf(plan, { format: 'ndjson' }, 0, 30).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(json));
    expect(JSON.parse(json)).toHaveLength(30);
  });
});

describe('sql', () => {
  const plan = () =>
    planOf([
      { name: 'id', type: 'sequence' },
      { name: 'ok', type: 'boolean' },
      { name: 'at', type: 'datetime' },
      { name: 'on', type: 'date' },
      { name: "it's", type: 'constant', options: { value: "a'b\\c" } },
    ]);

  it.each(SQL_DIALECTS)('%s is pinned', async (dialect) => {
    expect(textOf(await plan(), { format: 'sql', dialect, table: 'ta"b`l]e', batch: 2 }, 0, 3)).toMatchSnapshot();
  });

  it('keeps statements to what the dialect takes', async () => {
    const text = textOf(await plan(), { format: 'sql', dialect: 'mssql', batch: 10_000 }, 0, 2500);
    expect(text.match(/INSERT INTO/g)).toHaveLength(3);
    const oracle = textOf(await plan(), { format: 'sql', dialect: 'oracle' }, 0, 400);
    expect(oracle.match(/INSERT ALL/g)).toHaveLength(Math.ceil(400 / 199));
  });

  it.each(SQL_DIALECTS)('%s creates a table and updates what is there, pinned', async (dialect) => {
    const options = { dialect, table: 't', batch: 2, createTable: true };
    const fields = await planOf([
      { name: 'id', type: 'sequence' },
      { name: 'code', type: 'regex', options: { pattern: '[A-Z]{3}' } },
      { name: 'ok', type: 'boolean', options: { null_percentage: 10 } },
      { name: 'age', type: 'number', options: { max: 99 } },
      { name: 'price', type: 'currency' },
      { name: 'on', type: 'date' },
      { name: 'at', type: 'datetime' },
      { name: 'clock', type: 'time' },
      { name: 'key', type: 'uuid' },
      { name: 'sum', type: 'derived', options: { expression: 'price * 2' } },
      { name: 'tags', type: 'template', options: { array: true, fields: [{ name: 'x', type: 'words' }] } },
    ]);
    expect(textOf(fields, { format: 'sql', ...options, upsert: ['id'] }, 0, 3)).toMatchSnapshot();
    expect(textOf(fields, { format: 'sql', ...options }, 0, 0)).not.toContain('PRIMARY KEY');
  });

  it('quotes names so that nothing gets out', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...SQL_DIALECTS), (name, dialect) => {
        const quoted = quoteIdentifier(name, dialect);
        const close = quoted.at(-1) as string;
        expect(quoted.slice(1, -1).replaceAll(close + close, '')).not.toContain(close);
      }),
    );
  });
});
