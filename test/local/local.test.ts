import { Data, exportRows, generate, stream, type TemplateInput } from '@datamaker/local';
import { DataMaker, DataMakerError } from 'datamaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';

const CUSTOMER = {
  name: 'Customer',
  locale: 'de_DE',
  fields: [
    { name: 'id', type: 'sequence' },
    { name: 'name', type: 'full_name' },
    { name: 'email', type: 'email', options: { unique: true } },
    { name: 'born', type: 'date', options: { min: '1950-01-01', max: '2000-12-31' } },
    { name: 'balance', type: 'float', options: { min: 0, max: 1000, decimals: 2 } },
  ],
} as const;
const FORMATS = [
  { format: 'json' },
  { format: 'csv', delimiter: ';' },
  { format: 'sql', dialect: 'mysql', table: 'customer' },
  { format: 'xml' },
  { format: 'xlsx' },
  { format: 'parquet' },
];

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const failureOf = (made: Promise<unknown>): Promise<DataMakerError> =>
  made.then(
    () => expect.unreachable('it was done'),
    (error: unknown) => error as DataMakerError,
  );

describe('rows without a server', () => {
  let server: TestServer;
  let dm: DataMaker;
  beforeAll(async () => {
    server = await startOn('bundled');
    dm = new DataMaker({ url: server.client.url, apiKey: server.key });
    await dm.call('createTemplate', { body: { ...CUSTOMER, fields: [...CUSTOMER.fields] } });
  });
  afterAll(() => server?.close());

  it('are those of the server for the same seed, from any row on', async () => {
    const options = { count: 2500, seed: 'demo', from: 17 };
    const rows = await generate(CUSTOMER, options);
    expect(rows).toEqual(await dm.generate('Customer', options));
    expect(rows.seed).toBe('demo');
    const streamed = [];
    for await (const row of stream(CUSTOMER, { count: 20_000, seed: 'demo' })) streamed.push(row);
    expect(streamed).toHaveLength(20_000);
    expect(streamed.slice(17, 2517)).toEqual(rows);
  });

  it.each(FORMATS)('have the bytes of the server as $format', async (format) => {
    const options = { count: 1200, seed: 'demo', ...format };
    const there = await dm.template('Customer').export(options);
    expect(await bytesOf(exportRows(CUSTOMER, options))).toEqual(Buffer.from(await there.arrayBuffer()));
  });

  it('refuse what the server refuses, in its words', async () => {
    const wrong = { name: 'x', fields: [{ name: 'a', type: 'emial' }] };
    const here = await failureOf(generate(wrong, { count: 1 }));
    const there = await failureOf(dm.call('createTemplate', { body: wrong }));
    expect(here).toBeInstanceOf(DataMakerError);
    expect(here.code).toBe(there.code);
    expect(here.diagnostics).toEqual(there.diagnostics);
    expect(here.message).toContain('did you mean');
  });
});

describe('local mode', () => {
  it('draws a seed and tells it, and takes a list of fields and other templates', async () => {
    const fields: TemplateInput = [{ name: 'who', type: 'template', options: { template_id: 'person' } }];
    const templates = { person: { fields: [{ name: 'name', type: 'first_name' }] } };
    const drawn = await generate(fields, { count: 3, templates });
    expect(drawn).toHaveLength(3);
    expect(await generate(fields, { count: 3, templates, seed: drawn.seed })).toEqual(drawn);
  });

  it('says all that is wrong with what is asked for', async () => {
    const fields = [{ name: 'a', type: 'number', options: { min: 1, max: 5, unique: true } }];
    const both = await failureOf(generate(fields, { count: 0, from: -1 }));
    expect(both.diagnostics.map(({ pointer }) => pointer)).toEqual(['/count', '/from']);
    expect((await failureOf(generate(fields, { count: 6 }))).message).toContain('5 distinct');
    expect((await failureOf(bytesOf(exportRows(fields, { count: 1, format: 'cvs' })))).message).toContain('csv');
    const python = [{ name: 'a', type: 'python', options: { code: 'def value(row):\n    return 1\n' } }];
    expect((await failureOf(generate(python, { count: 1 }))).code).toBe('validation_error');
  });

  it('takes what "now" means', async () => {
    const fields = [{ name: 'at', type: 'datetime', options: { min: 'now', max: 'now' } }];
    const [row] = await generate(fields, { count: 1, now: new Date('2001-02-03T04:05:06Z') });
    expect(row?.['at']).toMatch(/^2001-02-03T04:05:06/);
  });
});

describe('the data of a test', () => {
  const FIELDS = [
    { name: 'id', type: 'sequence' },
    { name: 'code', type: 'number', options: { min: 1, max: 50, unique: true } },
  ];

  it('goes on where it ended, for each template', async () => {
    const data = new Data('some test');
    const first = await data.row(FIELDS);
    const more = await data.rows([...FIELDS], 20);
    expect([first, ...more]).toEqual([...(await generate(FIELDS, { count: 21, seed: 'some test' }))]);
    expect(new Set([first, ...more].map(({ code }) => code)).size).toBe(21);
    expect(await data.row([{ name: 'id', type: 'sequence' }])).toEqual({ id: 1 });
    data.restart('another');
    expect(await data.row(FIELDS)).not.toEqual(first);
    data.restart('some test');
    expect(await data.row(FIELDS)).toEqual(first);
  });

  it('gives no row twice to who asks at once', async () => {
    const data = new Data('some test');
    const rows = await Promise.all(Array.from({ length: 5 }, () => data.rows(FIELDS, 3)));
    expect(rows.flat().map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  it('says when unique values are used up', async () => {
    const data = new Data('some test');
    await data.rows(FIELDS, 50);
    expect((await failureOf(data.row(FIELDS))).message).toContain('allow 50 rows, and 50 are given');
    expect((await failureOf(data.rows(FIELDS, -1))).code).toBe('validation_error');
  });
});
