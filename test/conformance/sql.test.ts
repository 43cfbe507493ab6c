import {
  compileTemplate,
  generateBytes,
  generateRows,
  type Plan,
  parseTemplate,
  type SqlDialect,
} from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MariaDbServer, startMariaDb } from '../../packages/connectors/src/testing/start-mariadb.ts';
import { type PostgresServer, startPostgres } from '../../packages/connectors/src/testing/start-postgres.ts';

/** Texts that break what is quoted by half. */
const NASTY = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  "'; DROP TABLE canary; --",
  '`',
  ']',
  '\n',
  '\r\n',
  '\t',
  '%s',
  '{{x}}',
  '😀',
  '漢字',
  '',
  ' ',
  'O\'Brien \\ "x"',
  '\u2028',
  'null',
  'NULL',
  '$1',
  '?',
  '/* */',
  '--',
];
const NAMES = [
  'plain',
  'with space',
  'quo"te',
  "apo's",
  'back`tick',
  'brack]et',
  'sel;ect',
  'émöji 漢',
  'DROP TABLE canary',
];

async function plan(): Promise<Plan> {
  const fields = [
    { name: 'id', type: 'sequence' },
    ...NAMES.map((name) => ({ name, type: 'enum', options: { values: NASTY, null_percentage: 5 } })),
    { name: 'flag', type: 'boolean', options: { null_percentage: 5 } },
    { name: 'amount', type: 'currency', options: { min: -5000, max: 5000 } },
    { name: 'day', type: 'date' },
    { name: 'moment', type: 'datetime' },
    { name: 'pattern', type: 'regex', options: { pattern: '[\'"\\\\,a-c]{0,6}' } },
    {
      name: 'nested',
      type: 'template',
      options: {
        fields: [{ name: 'it\'s "k"', type: 'enum', options: { values: NASTY } }],
        array: true,
        count: { min: 0, max: 3 },
      },
    },
    { name: 'label', type: 'derived', options: { expression: "{{plain}}'{{id}}" } },
  ];
  const parsed = parseTemplate({ name: 'nasty "t`a]b\'le', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed: 'sql' });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.value;
}

function decode(chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text;
}

describe.each([
  ['postgres', startPostgres, (name: string) => `"${name.replaceAll('"', '""')}"`, 'timestamptz'],
  ['mysql', startMariaDb, (name: string) => `\`${name.replaceAll('`', '``')}\``, 'datetime(3)'],
] as const)('SQL for %s, loaded by the real server', (dialect, start, quote, moment) => {
  let database: PostgresServer | MariaDbServer;
  beforeAll(async () => {
    database = await start();
  }, 120_000);
  afterAll(() => database?.stop());

  it('gives back every value as it was generated, and nothing else happens', async () => {
    const made = await plan();
    const rows = 700;
    const types = { flag: 'boolean', amount: 'numeric(10,2)', id: 'bigint', day: 'date', moment };
    const columns = made.fields.map(({ name }) => `${quote(name)} ${types[name as keyof typeof types] ?? 'text'}`);
    const table = quote(made.name);
    await database.query(`CREATE TABLE canary (id int); CREATE TABLE ${table} (${columns.join(', ')})`);
    const sql = decode(generateBytes(made, { format: 'sql', dialect: dialect as SqlDialect, batch: 128 }, 0, rows));
    expect(sql.match(/INSERT INTO/g)?.length).toBe(Math.ceil(rows / 128));
    await database.query(sql);
    const loaded = await database.query(`SELECT * FROM ${table} ORDER BY id`);
    expect(await database.query('SELECT count(*) AS n FROM canary')).toHaveLength(1);
    expect(loaded).toHaveLength(rows);
    const expected = generateRows(made, 0, rows);
    loaded.forEach((row, i) => {
      const wanted = expected[i] as Record<string, unknown>;
      for (const name of [...NAMES, 'pattern', 'label']) expect(row[name]).toBe(wanted[name]);
      expect(Number(row['id'])).toBe(wanted['id']);
      expect(Number(row['amount'])).toBe(wanted['amount']);
      expect(row['flag'] === null ? null : Boolean(row['flag'])).toBe(wanted['flag']);
      expect(JSON.parse(row['nested'] as string)).toEqual(wanted['nested']);
      expect(toMillis(row['moment'])).toBe(Date.parse(wanted['moment'] as string));
    });
  });

  it('creates the table, and updates the rows that are there', async () => {
    const made = await plan();
    const statements = (options: object, from: number, to: number): string =>
      decode(generateBytes(made, { format: 'sql', dialect, table: 'upserted', upsert: ['id'], ...options }, from, to));
    await database.query(statements({ createTable: true }, 0, 40));
    await database.query(`UPDATE upserted SET ${quote('plain')} = 'old'`);
    await database.query(statements({ batch: 7 }, 20, 60));
    const loaded = await database.query('SELECT * FROM upserted ORDER BY id');
    const expected = generateRows(made, 0, 60);
    expect(loaded.map((row) => Number(row['id']))).toEqual(expected.map((row) => row['id']));
    loaded.forEach((row, i) => {
      expect(row['plain']).toBe(i < 20 ? 'old' : expected[i]?.['plain']);
      expect(Number(row['amount'])).toBe(expected[i]?.['amount']);
      expect(toMillis(row['moment'])).toBe(Date.parse(expected[i]?.['moment'] as string));
      const nested = typeof row['nested'] === 'string' ? JSON.parse(row['nested']) : row['nested'];
      expect(nested).toEqual(expected[i]?.['nested']);
    });
  });
});

/** A moment as the drivers give it: a Date, or text in UTC without a zone. */
const toMillis = (value: unknown): number =>
  value instanceof Date ? value.getTime() : Date.parse(`${String(value).replace(' ', 'T')}Z`);
