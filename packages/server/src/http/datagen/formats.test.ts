import { compileTemplate, type FormatOptions, generateFile, parseTemplate } from '@datamaker/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationBody } from '../../testing/datagen-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

const FIELDS = [
  { name: 'id', type: 'uuid' },
  { name: 'Vorname', type: 'firstName', locale: 'de_DE' },
  { name: 'n', type: 'integer', constraints: { min: 5, max: 7 }, blankPercentage: 50 },
  { name: 'currency', type: 'currency' },
];
const OURS = [
  { name: 'id', type: 'uuid' },
  { name: 'Vorname', type: 'first_name', options: { locale: 'de_DE' } },
  { name: 'n', type: 'number', options: { min: 5, max: 7, locale: 'en_US', null_percentage: 50 } },
  { name: 'currency', type: 'currency_code' },
];

let server: TestServer;
beforeAll(async () => {
  server = await startOn('external');
});
afterAll(() => server?.close());

const send = async (body: object) =>
  fetch(`${server.client.url}/api/v1/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': server.key },
    body: JSON.stringify({ schema_fields: FIELDS, seed: 's', ...body }),
  });

async function madeHere(format: FormatOptions, rows: number): Promise<Buffer> {
  const parsed = parseTemplate({ fields: OURS, locale: 'en_US' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed: 's' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  const chunks: Buffer[] = [];
  for await (const chunk of generateFile(plan.value, format, 0, rows)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('rows', () => {
  it.each([
    ['csv', { format: 'csv' }, 'text/csv; charset=utf-8', {}],
    ['jsonl', { format: 'ndjson' }, 'application/x-ndjson', {}],
    ['ndjson', { format: 'ndjson' }, 'application/x-ndjson', {}],
    ['excel', { format: 'xlsx' }, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', {}],
    ['xml', { format: 'xml', root: 'people' }, 'application/xml', { root: 'people' }],
    ['sql', { format: 'sql', dialect: 'mysql' }, 'application/sql', { dialect: 'mysql' }],
    ['parquet', { format: 'parquet' }, 'application/vnd.apache.parquet', {}],
    ['avro', { format: 'avro' }, 'application/vnd.apache.avro', {}],
    ['custom', { format: 'custom', line: '{{n}};' }, 'text/plain; charset=utf-8', { line: '{{n}};' }],
  ] as const)('as %s are what they say, few or many', async (name, format, type, format_options) => {
    for (const count of [7, 20_000]) {
      const answer = await send({ output_format: name, format_options, count });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('x-generation-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.headers.get('x-datamaker-seed')).toBe('s');
      expect(Buffer.from(await answer.arrayBuffer()).equals(await madeHere(format as FormatOptions, count))).toBe(true);
    }
  });

  it('as JSON stand among what is said of them, few or many', async () => {
    for (const count of [7, 20_000]) {
      const body = (await (await send({ count })).json()) as GenerationBody;
      expect(Object.keys(body)).toEqual([
        'records',
        'count',
        'locale',
        'tier',
        'usage',
        'generation_id',
        'output_format',
        'seed',
      ]);
      expect(body.records).toEqual(JSON.parse((await madeHere({ format: 'json' }, count)).toString()));
      expect(body).toMatchObject({ count, locale: 'en_US', tier: 'self-hosted', output_format: 'json', seed: 's' });
    }
  });

  it('obey blanks, constraints and locales of their fields', async () => {
    const { records } = (await (await send({ count: 1000 })).json()) as GenerationBody;
    const blanks = records.filter((record) => record['n'] === null).length;
    expect(blanks).toBeGreaterThan(400);
    expect(blanks).toBeLessThan(600);
    expect(new Set(records.map((record) => record['n']))).toEqual(new Set([null, 5, 6, 7]));
    for (const { currency } of records) expect(currency).toMatch(/^[A-Z]{3}$/);
    const emirati = {
      schema_fields: [
        { name: 'p', type: 'phone', constraints: { country_code: '+971' } },
        { name: 'i', type: 'iban', constraints: { country_prefix: 'AE' } },
      ],
      locale: 'en_AE',
    };
    for (const record of ((await (await send(emirati)).json()) as GenerationBody).records) {
      expect(record['p']).toMatch(/^\+971/);
      expect(record['i']).toMatch(/^AE\d{21}$/);
    }
  });

  it('are asked for by the names that keys had before', async () => {
    const old = await send({ schema_fields: null, schema: FIELDS, recordCount: 4, exportFormat: 'CSV' });
    expect((await old.text()).trimEnd().split('\n')).toHaveLength(5);
    const older = (await (await send({ num_rows: '3', sampleData: [], fieldPatterns: {} })).json()) as GenerationBody;
    expect(older.records).toHaveLength(3);
    expect((await send({ num_rows: 3, count: 4 })).status).toBe(422);
  });

  it('differ without a seed, and come again with the one that is told', async () => {
    const first = (await (await send({ seed: null })).json()) as GenerationBody;
    const second = (await (await send({ seed: null })).json()) as GenerationBody;
    expect(second.records).not.toEqual(first.records);
    expect(((await (await send({ seed: first.seed })).json()) as GenerationBody).records).toEqual(first.records);
  });
});
