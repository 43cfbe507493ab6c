import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import { type Client, type ErrorBody, expectError, type ListBody } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';

interface RowsBody {
  readonly table: object;
  readonly columns: readonly string[];
  readonly rows: readonly Record<string, unknown>[];
  readonly more: boolean;
}
interface PushBody {
  readonly columns: Readonly<Record<string, string | null>>;
  readonly sent: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly together: boolean;
  readonly seed: string | null;
}
interface MappingBody {
  readonly saved: boolean;
  readonly columns: Readonly<Record<string, string | null>>;
  readonly skipped: readonly object[];
  readonly problems: readonly object[];
}
interface ActBody {
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const DDL = `
  CREATE TABLE customer (id integer PRIMARY KEY, "full name" text NOT NULL, email varchar(80) UNIQUE, at timestamptz DEFAULT now());
  CREATE TABLE made (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, big bigint, amount numeric(30,10), doc jsonb, bytes bytea);
  CREATE TABLE small (id integer PRIMARY KEY, code varchar(3) NOT NULL CHECK (code <> 'bad'), n integer);
  CREATE SCHEMA other;
  CREATE TABLE other.customer (id integer PRIMARY KEY);
  INSERT INTO customer (id, "full name", email) SELECT i, 'Name ' || i, 'e' || i || '@example.org' FROM generate_series(1, 1500) i;
  INSERT INTO made (big, amount, doc, bytes) VALUES (9007199254740993, 12345678901234567890.0123456789, '{"a":[1]}', '\\xdeadbeef');
  CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
  CREATE TABLE sleepy (id integer PRIMARY KEY);
  CREATE TRIGGER sleep BEFORE INSERT ON sleepy FOR EACH ROW EXECUTE FUNCTION slow()`;

let target: PostgresServer;
beforeAll(async () => {
  target = await startPostgres();
  await target.query(DDL);
});
afterAll(() => target?.stop());

describe.each(A_STORE)('rows of connections (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  let id: string;
  let reader: string;
  beforeAll(async () => {
    server = await startOn(kind, { privateTargets: ['127.0.0.1'] });
    client = server.client;
    id = await create('target');
    reader = await create('reader', { readOnly: true });
    await target.query('TRUNCATE small; DELETE FROM customer WHERE id > 1500');
  });
  afterAll(() => server?.close());

  const create = async (name: string, more: object = {}): Promise<string> => {
    const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
    const { body } = await client.post<{ id: string }>('/connections', { name, type: 'postgres', url, ...more });
    return body.id;
  };
  const read = (query: string) => client.get<RowsBody>(`/connections/${id}/rows?${query}`);
  const push = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    client.post<PushBody>(`/connections/${id}/rows`, body, headers);
  const acts = async (subject: string): Promise<readonly ActBody[]> =>
    (await client.get<ListBody<ActBody>>(`/audit?subject=${subject}`)).body.items
      .filter(({ action }) => action.startsWith('export.'))
      .toReversed();

  it('are as many as fit where they are large, and none where one is too large to be taken in', async () => {
    await target.query(`DROP TABLE IF EXISTS large; CREATE TABLE large AS
      SELECT i, repeat('x', 1000000) AS t FROM generate_series(1, 50) i; INSERT INTO large VALUES (0, repeat('x', 50000000))`);
    const where = encodeURIComponent('[{"column":"i","is":">","value":0}]');
    const { body: some } = await read(`table=large&top=50&where=${where}`);
    expect([some.rows.length, some.more]).toEqual([5, true]);
    const { body } = await client.get<ErrorBody>(`/connections/${id}/rows?table=large&orderBy=i`);
    expect(body).toMatchObject({ error: { code: 'connection_failed', details: { problem: 'too_large' } } });
  });

  it('are read: some columns, in order, where conditions hold', async () => {
    const where = encodeURIComponent(JSON.stringify([{ column: 'id', is: '>=', value: 1000 }]));
    const some = await read(
      `table=customer&schema=public&column=id&column=full%20name&where=${where}&orderBy=id&top=3`,
    );
    expect({ status: some.status, body: some.body }).toEqual({
      status: 200,
      body: {
        table: { schema: 'public', name: 'customer' },
        columns: ['id', 'full name'],
        rows: [1000, 1001, 1002].map((i) => ({ id: i, 'full name': `Name ${i}` })),
        more: true,
      },
    });
    const last = encodeURIComponent(JSON.stringify([{ column: 'id', is: '=', value: 1500 }]));
    expect((await read(`table=customer&schema=public&where=${last}`)).body).toMatchObject({
      rows: [{ id: 1500 }],
      more: false,
    });
    expect((await read('table=customer&schema=public')).body.rows).toHaveLength(100);
    const late = encodeURIComponent(JSON.stringify([{ column: 'id', is: '>', value: 1495 }]));
    for (const [top, rows, more] of [
      [4, 4, true],
      [5, 5, false],
      [6, 5, false],
    ] as const) {
      const { body } = await read(`table=customer&schema=public&where=${late}&top=${top}`);
      expect([top, body.rows.length, body.more]).toEqual([top, rows, more]);
    }
    expect((await read('table=customer&schema=public&top=1000')).body).toMatchObject({ more: true });
  });

  it('keep all their digits and bytes', async () => {
    expect((await read('table=made&orderBy=id&top=1')).body.rows).toMatchObject([
      { big: '9007199254740993', amount: '12345678901234567890.0123456789', doc: { a: [1] }, bytes: '3q2+7w==' },
    ]);
  });

  it('with sensitive columns are noted when they are read, and others are not', async () => {
    const before = (await acts(id)).length;
    await read('table=made');
    expect(await acts(id)).toHaveLength(before);
    await read('table=customer&schema=public&top=2');
    expect((await acts(id)).slice(before)).toMatchObject([
      {
        action: 'export.begun',
        details: { of: 'connection', fields: ['email'], table: 'customer', rows: 2 },
      },
      { action: 'export.ended', details: { rows: 2, complete: true } },
    ]);
  });

  it.each([
    ['table=nowhere', 'table_missing'],
    ['table=customer&schema=nowhere', 'table_missing'],
    ['table=customer&schema=public&column=nothing', 'not_in_system'],
    [`table=small&where=${encodeURIComponent('{')}`, 'invalid_value'],
    [`table=small&where=${encodeURIComponent('[{"column":"id","is":"="}]')}`, 'invalid_value'],
    [`table=small&where=${encodeURIComponent('[{"column":"id","is":"; DROP","value":1}]')}`, 'invalid_value'],
    ['table=small&filter=x', 'invalid_value'],
  ])('%s is refused: %s', async (query, code) => {
    expect(expectError(await read(query), 422, 'validation_error')).toMatchObject([{ code }]);
  });

  it('are put in, keys going into the columns of their names', async () => {
    const rows = [
      { ID: 1, Code: 'a', n: null },
      { ID: 2, Code: 'b', n: 5 },
    ];
    const { status, body } = await push({ table: 'small', rows });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        sent: 2,
        written: 2,
        skipped: 0,
        failed: 0,
        failures: [],
        together: true,
        columns: { ID: 'id', Code: 'code', n: 'n' },
        seed: null,
      },
    });
    expect(await target.query('SELECT id, code, n FROM small ORDER BY id')).toEqual([
      { id: 1, code: 'a', n: null },
      { id: 2, code: 'b', n: 5 },
    ]);
    expect((await acts(id)).slice(-2)).toMatchObject([
      {
        action: 'export.begun',
        details: { of: 'rows', connection: id, table: 'small', fields: [], rows: 2, role: 'owner' },
      },
      { action: 'export.ended', details: { rows: 2, complete: true } },
    ]);
  });

  it('are all put in or none', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => ({ id: 100 + i, code: i === 1199 ? 'bad' : 'ok' }));
    const answer = await push({ table: 'small', rows });
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'row_refused', pointer: '/rows' }]);
    expect(await target.query('SELECT FROM small WHERE id >= 100')).toHaveLength(0);
    const long = await push({ table: 'small', rows: [{ id: 100, code: 'private-value' }] });
    expect(expectError(long, 422, 'validation_error')).toMatchObject([{ code: 'value_refused' }]);
    expect(long.text).not.toContain('private-value');
  });

  it('whose keys are there are refused, left out or changed', async () => {
    await target.query("INSERT INTO small VALUES (50, 'old', 1) ON CONFLICT DO NOTHING");
    const rows = [
      { id: 50, code: 'new', n: 2 },
      { id: 51, code: 'new', n: 2 },
    ];
    expectError(await push({ table: 'small', rows }), 422, 'validation_error');
    const skipped = await push({ table: 'small', rows, on_conflict: 'skip' });
    expect(skipped.body).toMatchObject({ sent: 2, written: 1, skipped: 1 });
    const updated = await push({ table: 'small', rows, on_conflict: 'update', key: ['id'] });
    expect(updated.body).toMatchObject({ sent: 2, written: 2 });
    expect(await target.query('SELECT code FROM small WHERE id IN (50, 51)')).toEqual([
      { code: 'new' },
      { code: 'new' },
    ]);
  });

  it.each([
    [{ table: 'small', rows: [{ id: 7, code: 'x', colour: 1 }] }, 'field_without_column', '/mapping'],
    [{ table: 'small', rows: [{ id: 7 }] }, 'column_missing', '/table'],
    [
      { table: 'small', rows: [{ id: 7, code: 'x' }], mapping: { id: 'id', code: 'cod' } },
      'column_unknown',
      '/mapping/code',
    ],
    [
      { table: 'small', rows: [{ id: 7, code: 'x' }], mapping: { id: 'id', code: 'id' } },
      'column_twice',
      '/mapping/code',
    ],
    [{ table: 'made', rows: [{ id: 7 }], mapping: { id: 'id' } }, 'column_generated', '/mapping/id'],
    [
      { table: 'small', rows: [{ id: 7, code: 'x' }], key: ['nothing'], on_conflict: 'skip' },
      'column_unknown',
      '/key/0',
    ],
    [{ table: 'small', rows: [7] }, 'invalid_row', '/rows/0'],
    [{ table: 'nowhere', rows: [{ id: 7 }] }, 'table_missing', '/table'],
    [{ table: 'small' }, 'invalid_value', ''],
    [{ table: 'small', rows: [], count: 1 }, 'invalid_value', '/count'],
    [{ table: 'small', rows: Array.from({ length: 10_001 }, () => ({})) }, 'too_many_rows', '/rows'],
  ])('$1 is refused before anything is sent', async (body, code, pointer) => {
    const before = await target.query('SELECT FROM small');
    expect(expectError(await push(body), 422, 'validation_error')).toContainEqual(
      expect.objectContaining({ code, pointer }),
    );
    expect(await target.query('SELECT FROM small')).toHaveLength(before.length);
  });

  it('with whole numbers that would lose digits are refused, and taken as texts', async () => {
    for (const row of ['{"big":9007199254740993}', '{"doc":{"a":["x",[9007199254740993]]}}']) {
      const answer = await client.post(`/connections/${id}/rows`, `{"table":"made","rows":[{"big":1},${row}]}`);
      expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'number_too_large' }]);
    }
    const taken = await push({ table: 'made', rows: [{ big: '9223372036854775807' }] });
    expect(taken.body).toMatchObject({ written: 1 });
    expect(await target.query("SELECT big FROM made WHERE big = '9223372036854775807'")).not.toHaveLength(0);
  });

  it('of a template are put in as its seed makes them, and may be put in by parts', async () => {
    const template = await client.create([
      { name: 'id', type: 'sequence', options: { start: 2000 } },
      { name: 'fullName', type: 'full_name' },
      { name: 'email', type: 'email' },
    ]);
    await target.query('DELETE FROM customer WHERE id >= 2000');
    const order = { table: 'customer', schema: 'public', template_id: template, seed: 'x' };
    const first = await push({ ...order, count: 10 });
    expect({ status: first.status, body: first.body }).toMatchObject({
      status: 200,
      body: { written: 10, seed: 'x', columns: { id: 'id', fullName: 'full name', email: 'email' } },
    });
    expect((await push({ ...order, from: 10, count: 5 })).body).toMatchObject({ written: 5 });
    const generated = await client.post<Record<string, unknown>[]>(`/templates/${template}/generate`, {
      count: 15,
      seed: 'x',
    });
    expect(
      await target.query('SELECT id, "full name" AS "fullName", email FROM customer WHERE id >= 2000 ORDER BY id'),
    ).toEqual(generated.body);
    const many = await push({ ...order, count: 10_001 });
    expect(expectError(many, 422, 'validation_error')).toMatchObject([{ code: 'too_many_rows', pointer: '/count' }]);
    const noted = (await acts(template)).filter(({ details }) => details['connection'] === id);
    expect(noted[0]).toMatchObject({
      action: 'export.begun',
      details: { table: 'customer', fields: ['email'], rows: 10 },
    });
  });

  it('go where a mapping says that was saved', async () => {
    const template = await client.create([
      { name: 'number', type: 'sequence', options: { start: 3000 } },
      { name: 'name', type: 'full_name' },
      { name: 'helper', type: 'uuid' },
      { name: 'Email', type: 'email' },
    ]);
    const path = `/templates/${template}/mappings/${id}`;
    expect(expectError(await client.get(path), 422, 'validation_error')).toMatchObject([{ code: 'table_needed' }]);
    const suggested = await client.get<MappingBody>(`${path}?table=customer&schema=public`);
    expect(suggested.body).toMatchObject({
      saved: false,
      columns: { number: null, name: null, helper: null, Email: 'email' },
      skipped: [
        { column: 'id', reason: 'required' },
        { column: 'full name', reason: 'required' },
        { column: 'at', reason: 'default' },
      ],
      problems: [{ code: 'column_missing' }, { code: 'column_missing' }],
    });
    const columns = { number: 'id', name: 'full name', helper: null, Email: 'email' };
    const wrong = await client.send('PUT', path, {
      table: 'customer',
      schema: 'public',
      columns: { ...columns, nothing: 'at' },
    });
    expect(expectError(wrong, 422, 'validation_error')).toMatchObject([
      { code: 'field_unknown', pointer: '/columns/nothing' },
    ]);
    const saved = await client.send<MappingBody>('PUT', path, { table: 'customer', schema: 'public', columns });
    expect(saved).toMatchObject({ status: 200, body: { saved: true, columns, problems: [] } });
    expect((await client.get<MappingBody>(path)).body).toEqual(saved.body);
    await target.query('DELETE FROM customer WHERE id >= 3000');
    const pushed = await push({ table: 'customer', schema: 'public', template_id: template, count: 3 });
    expect(pushed.body).toMatchObject({ written: 3, columns });
    expect((await client.delete(path)).status).toBe(204);
    expectError(await client.delete(path), 404, 'not_found');
  });

  it('are put in once by requests with an Idempotency-Key', async () => {
    const body = { table: 'made', rows: [{ doc: { once: kind } }] };
    const [first, second] = [
      await push(body, { 'idempotency-key': `push ${kind}` }),
      await push(body, { 'idempotency-key': `push ${kind}` }),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await target.query('SELECT FROM made WHERE doc = $1', [JSON.stringify({ once: kind })])).toHaveLength(1);
  });

  it('are the same request in any order of names where there are few, and by their bytes where there are many', async () => {
    const send = (count: number, turned: boolean, name: string) => {
      const rows = Array.from({ length: count }, (_, n) =>
        turned ? { amount: n, doc: [name] } : { doc: [name], amount: n },
      );
      return push({ table: 'made', rows }, { 'idempotency-key': `${name} ${kind}` });
    };
    const many = 3000;
    for (const [count, name] of [
      [2, 'few'],
      [many, 'many'],
    ] as const) {
      expect((await send(count, false, name)).status).toBe(200);
      expect((await send(count, false, name)).headers.get('idempotent-replayed')).toBe('true');
    }
    expect((await send(2, true, 'few')).headers.get('idempotent-replayed')).toBe('true');
    expectError(await send(many, true, 'many'), 422, 'idempotency_key_reused');
    const rows = 'SELECT FROM made WHERE doc = $1';
    expect(await target.query(rows, ['["many"]'])).toHaveLength(kind === A_STORE[0] ? many : 2 * many);
  });

  it('are put in behind those of the request that they name, or not at all', async () => {
    const key = (name: string) => ({ 'idempotency-key': `${name} ${kind}` });
    const put = (of: string, codes: readonly string[], after?: string) =>
      push({ table: 'made', rows: codes.map((doc) => ({ doc })), after: after && `${after} ${kind}` }, key(of));
    const docs = async () =>
      (await target.query<{ doc: string }>("SELECT doc FROM made WHERE doc::text LIKE '\"after %' ORDER BY ctid")).map(
        ({ doc }) => doc,
      );
    await target.query("DELETE FROM made WHERE doc::text LIKE '\"after %'");
    await target.query('BEGIN');
    await target.query('LOCK TABLE made IN EXCLUSIVE MODE');
    const slow = put('one', ['after 1']);
    const waiting = () =>
      target.query(
        "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND application_name = 'datamaker'",
      );
    await expect.poll(waiting).toHaveLength(1);
    const next = put('two', ['after 2'], 'one');
    let isAnswered = false;
    next.then(
      () => (isAnswered = true),
      () => undefined,
    );
    // The second does not come to the table, so that there is nothing to wait for but a while.
    expect(await waiting()).toHaveLength(1);
    expect(isAnswered).toBe(false);
    await target.query('COMMIT');
    expect([(await slow).status, (await next).status]).toEqual([200, 200]);
    expect(await docs()).toEqual(['after 1', 'after 2']);
    const refused = await put('three', ['after 4'], 'never sent');
    expect(expectError(refused, 409, 'conflict')).toMatchObject([{ code: 'not_after' }]);
    expectError(await push({ table: 'nowhere', rows: [{ a: 1 }] }, key('fails')), 422, 'validation_error');
    expectError(await put('four', ['after 4'], 'fails'), 409, 'conflict');
    expect(await docs()).toHaveLength(2);
    // What was refused so was never done: it is the same request when the other has been answered.
    expect((await put('never sent', ['after 3'])).status).toBe(200);
    expect((await put('three', ['after 4'], 'never sent')).status).toBe(200);
    expect((await put('three', ['after 4'], 'never sent')).headers.get('idempotent-replayed')).toBe('true');
    expect(await docs()).toEqual(['after 1', 'after 2', 'after 3', 'after 4']);
    const alone = await push({ table: 'made', rows: [{ doc: 'x' }], after: 'one' }, {});
    expect(expectError(alone, 422, 'validation_error')).toMatchObject([{ pointer: '/after' }]);
  });

  it('are put in through no connection that is for reading, and by no key that is', async () => {
    const body = { table: 'small', rows: [{ id: 900, code: 'x' }] };
    const answer = await client.post(`/connections/${reader}/rows`, body);
    expect(expectError(answer, 409, 'conflict')).toMatchObject([{ code: 'connection_read_only' }]);
    // Nor is its system asked: at the address of this one there is none.
    const url = 'postgres://test:x@127.0.0.1:1/postgres';
    const nowhere = { name: 'nowhere', type: 'postgres', url, readOnly: true };
    const { body: absent } = await client.post<{ id: string }>('/connections', nowhere);
    const unasked = await client.post(`/connections/${absent.id}/rows`, body);
    expect(expectError(unasked, 409, 'conflict')).toMatchObject([{ code: 'connection_read_only' }]);
    const { body: key } = await client.post<{ key: string }>('/keys', { name: 'reads', readOnly: true });
    const reads = client.as(key.key);
    expectError(await reads.post(`/connections/${id}/rows`, body), 403, 'forbidden');
    expectError(await reads.post(`/connections/${id}/verify`), 403, 'forbidden');
    expect((await reads.get(`/connections/${reader}/rows?table=small`)).status).toBe(200);
    expect(await target.query('SELECT FROM small WHERE id = 900')).toHaveLength(0);
  });

  it('are not put in any more when nobody waits for it', async () => {
    const gone = new AbortController();
    const asked = fetch(`${client.url}/connections/${id}/rows`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ table: 'sleepy', rows: [{ id: 1 }] }),
      signal: gone.signal,
    });
    asked.catch(() => undefined);
    const sleeping = () =>
      target.query("SELECT FROM pg_stat_activity WHERE application_name = 'datamaker' AND wait_event = 'PgSleep'");
    await expect.poll(sleeping).toHaveLength(1);
    gone.abort();
    await expect.poll(sleeping).toHaveLength(0);
    expect(await target.query('SELECT FROM sleepy')).toHaveLength(0);
  });

  it('come from so many sessions at a time and no more', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const gone = new AbortController();
    const url = `postgres://test@127.0.0.1:${port}/x`;
    const waiting = Array.from({ length: 8 }, (_, i) =>
      fetch(`${client.url}/connections`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `stuck ${i}`, type: 'postgres', url }),
        signal: gone.signal,
      }).catch(() => undefined),
    );
    const open = () => new Promise<number>((resolve) => silent.getConnections((_, count) => resolve(count)));
    await expect.poll(open).toBe(8);
    const refused = await client.get<ErrorBody>(`/connections/${id}/rows?table=small`);
    expectError(refused, 429, 'rate_limited');
    expect(refused.headers.get('retry-after')).toBe('1');
    gone.abort();
    await Promise.all(waiting);
    await expect.poll(open).toBe(0);
    expect((await client.get(`/connections/${id}/rows?table=small`)).status).toBe(200);
    await new Promise((resolve) => silent.close(resolve));
  });
});
