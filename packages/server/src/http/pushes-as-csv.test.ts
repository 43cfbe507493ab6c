import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

const COLUMNS = `id integer PRIMARY KEY, said text, code char(5), born date, at timestamptz, price numeric(10, 2), share double precision, worth numeric,
  is_new boolean, tag uuid, note text`;
const DDL = `
  CREATE TABLE copied (${COLUMNS});
  CREATE TABLE inserted (${COLUMNS});
  CREATE TABLE told (id integer PRIMARY KEY, how text);
  CREATE TABLE guarded (id integer PRIMARY KEY, how text);
  ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
  CREATE POLICY open ON guarded USING (true) WITH CHECK (true);
  CREATE ROLE plain LOGIN PASSWORD 'plain';
  GRANT SELECT, INSERT ON guarded TO plain;
  CREATE TABLE counted (id integer PRIMARY KEY, how text);
  CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id % 10 = 0 THEN RETURN NULL; END IF; RETURN NEW; END $$;
  CREATE TRIGGER leaves_out BEFORE INSERT ON counted FOR EACH ROW EXECUTE FUNCTION leave_out();
  CREATE TABLE listed (id integer PRIMARY KEY, how jsonb);
  CREATE TABLE numbered (id integer PRIMARY KEY, how text);
  CREATE TABLE whole (id integer PRIMARY KEY, how integer);
  CREATE TABLE statement (how text);
  CREATE FUNCTION note_statement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO statement VALUES (current_query()); RETURN NULL; END $$;
  CREATE TRIGGER notes AFTER INSERT ON copied FOR EACH STATEMENT EXECUTE FUNCTION note_statement();
  CREATE TRIGGER notes AFTER INSERT ON inserted FOR EACH STATEMENT EXECUTE FUNCTION note_statement()`;
/** What CSV, COPY and JSON write in ways of their own. */
const HARD = [
  '',
  ' ',
  '\\.',
  '\\N',
  'NULL',
  'a "b" c',
  'two\nlines',
  'a\r\nb',
  'tab\t',
  'a,b;c',
  "o'clock",
  '😀é\u0301',
  '{1,2}',
];
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'said', type: 'pick', options: { values: HARD } },
  { name: 'code', type: 'regex', options: { pattern: '[A-Z]{2}[0-9]{3}' } },
  { name: 'born', type: 'date' },
  { name: 'at', type: 'datetime' },
  { name: 'price', type: 'decimal', options: { min: -50, max: 50, decimals: 2 } },
  { name: 'share', type: 'derived', options: { expression: 'price / 7' } },
  { name: 'worth', type: 'derived', options: { expression: 'round(price * 2, 1)' } },
  { name: 'is_new', type: 'boolean' },
  { name: 'tag', type: 'uuid' },
  { name: 'note', type: 'derived', options: { expression: "said + ' ' + code" } },
].map((field) => (field.name === 'id' ? field : { ...field, options: { ...field.options, nullPercentage: 20 } }));
const PAIR: readonly object[] = [
  { name: 'id', type: 'sequence' },
  { name: 'how', type: 'full_name' },
];

let target: PostgresServer;
let server: TestServer;
let connection: string;
beforeAll(async () => {
  [target, server] = await Promise.all([startPostgres(), startOn('bundled', { privateTargets: ['127.0.0.1'] })]);
  await target.query(DDL);
  const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
  const made = await server.client.post<{ id: string }>('/connections', { name: 'target', type: 'postgres', url });
  connection = made.body.id;
}, 120_000);
afterAll(() => Promise.all([server?.close(), target?.stop()]));

interface PushRun {
  readonly state: string;
  readonly error: { readonly code: string } | null;
  readonly result: { readonly written: number; readonly skipped: number };
}

async function push(fields: readonly object[], table: string, more: object = {}, into = connection): Promise<PushRun> {
  const template = await server.client.create(fields);
  const body = { template_id: template, schema: 'public', table, count: 3000, seed: 'csv', mapping: null, ...more };
  const answer = await server.client.post<{ run_id: string }>(`/connections/${into}/push`, body);
  expect({ table, text: answer.text }).toEqual({ table, text: expect.stringContaining('run_id') });
  return (await server.client.get<PushRun>(`/runs/${answer.body.run_id}?wait=true`)).body;
}
const statements = async (): Promise<string[]> =>
  (await target.query<{ how: string }>('SELECT how FROM statement')).map(({ how }) => how);

describe('rows that go in as CSV', () => {
  it('are those that go in one by one', async () => {
    expect(await push(FIELDS, 'copied')).toMatchObject({ state: 'done', result: { written: 3000 } });
    expect(await statements()).toEqual([expect.stringMatching(/^COPY .*csv/)]);
    await target.query('TRUNCATE statement');
    // A size of batches has them go in as rows.
    expect(await push(FIELDS, 'inserted', { batch_size: 500 })).toMatchObject({ state: 'done' });
    expect((await statements()).filter((text) => /csv/.test(text))).toEqual([]);
    const differ = (a: string, b: string) =>
      target.query(`SELECT row(a.*)::text FROM ${a} a EXCEPT SELECT row(b.*)::text FROM ${b} b`);
    expect(await differ('copied', 'inserted')).toEqual([]);
    expect(await differ('inserted', 'copied')).toEqual([]);
    const [hard] = await target.query<{ n: number }>('SELECT count(DISTINCT said)::int AS n FROM copied');
    expect(hard?.n).toBe(HARD.length);
  });

  it('are counted as the table takes them', async () => {
    expect(await push(PAIR, 'counted', { verify: false })).toMatchObject({
      state: 'done',
      result: { written: 2700, skipped: 300 },
    });
  });

  it('are not, where policies look at rows, or values say something else there', async () => {
    const url = `postgres://plain:plain@127.0.0.1:${target.port}/postgres`;
    const plain = await server.client.post<{ id: string }>('/connections', { name: 'plain', type: 'postgres', url });
    const written = { state: 'done', result: { written: 3000 } };
    expect(await push(PAIR, 'guarded', {}, plain.body.id)).toMatchObject(written);
    expect(await push(PAIR, 'listed')).toMatchObject(written);
    expect(
      await push(
        [
          { name: 'id', type: 'sequence' },
          { name: 'how', type: 'integer' },
        ],
        'numbered',
      ),
    ).toMatchObject(written);
    const [one] = await target.query('SELECT jsonb_typeof(how) AS type FROM listed LIMIT 1');
    expect(one).toEqual({ type: 'string' });
  });

  it('are refused by their place, as others are', async () => {
    await target.query('INSERT INTO told VALUES (1234, $$there$$)');
    const run = await push(PAIR, 'told');
    expect(run).toMatchObject({ state: 'failed', result: { written: 0 } });
    await target.query('TRUNCATE told');
    expect(await push(PAIR, 'told', { from: 0 })).toMatchObject({ state: 'done', result: { written: 3000 } });
  });
});
