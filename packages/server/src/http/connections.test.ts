import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import type { Store } from '../store/open-store.ts';
import { type Client, type ErrorBody, expectError, type ListBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

interface ConnectionBody {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly hasSecret: boolean;
  readonly version: number;
  readonly lastVerifiedAt: string | null;
  readonly verification: {
    readonly status: string;
    readonly problem: string | null;
    readonly message: string | null;
    readonly hint: string | null;
    readonly server: { readonly product: string; readonly version: string } | null;
    readonly at: string | null;
  };
  readonly metadata: { readonly tables?: readonly string[]; readonly readAt: string } | null;
}
interface ActBody {
  readonly action: string;
  readonly subjectId: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const DDL = `
  CREATE TABLE customer (id integer PRIMARY KEY, "full name" text NOT NULL, email varchar(80) UNIQUE, at timestamptz DEFAULT now());
  CREATE TABLE made (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, big bigint, amount numeric(30,10), doc jsonb, bytes bytea);
  INSERT INTO customer (id, "full name", email) SELECT i, 'Name ' || i, 'e' || i || '@example.org' FROM generate_series(1, 1500) i;
  INSERT INTO made (big, amount, doc, bytes) VALUES (9007199254740993, 12345678901234567890.0123456789, '{"a":[1]}', '\\xdeadbeef');
  ANALYZE`;

let target: PostgresServer;
beforeAll(async () => {
  target = await startPostgres();
  await target.query(DDL);
});
afterAll(() => target?.stop());

const urlOf = (database = 'postgres', password: string = target.password): string =>
  `postgres://test:${encodeURIComponent(password)}@127.0.0.1:${target.port}/${database}`;

describe.each(STORES)('connections (%s)', (kind) => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  beforeAll(async () => {
    server = await startOn(kind, { privateTargets: ['127.0.0.1'] });
    client = server.client;
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });

  let made = 0;
  const create = async (more: object = {}): Promise<ConnectionBody> => {
    const body = { name: `target ${++made}`, type: 'postgres', url: urlOf(), ...more };
    const answer = await client.post<ConnectionBody>('/connections', body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body;
  };
  const acts = async (id: string): Promise<readonly ActBody[]> =>
    (await client.get<ListBody<ActBody>>(`/audit?subject=${id}`)).body.items.toReversed();

  it('are verified when they are created, and show no password', async () => {
    const connection = await create();
    expect(connection).toMatchObject({
      type: 'postgres',
      readOnly: false,
      hasSecret: true,
      version: 1,
      verification: { status: 'verified', problem: null, message: null, server: { product: 'PostgreSQL' } },
    });
    expect(connection.lastVerifiedAt).toBe(connection.verification.at);
    const read = await client.get<ConnectionBody>(`/connections/${connection.id}`);
    expect(read.body).toEqual(connection);
    for (const secret of [target.password, encodeURIComponent(target.password)])
      expect(read.text).not.toContain(secret);
    expect((await acts(connection.id)).map(({ action, details }) => [action, details])).toEqual([
      ['connection.created', { name: connection.name, type: 'postgres' }],
      ['connection.verified', { name: connection.name, type: 'postgres', status: 'verified' }],
    ]);
    const row = await store.selectFrom('connection').where('id', '=', connection.id).selectAll().executeTakeFirst();
    const sealed = await store
      .selectFrom('secret')
      .where('id', '=', row?.secret_id ?? '')
      .selectAll()
      .executeTakeFirst();
    expect(sealed).toMatchObject({ kind: 'connection', project_id: null, name: connection.id });
    expect(JSON.stringify([row, sealed])).not.toContain('pass-');
    expect(sealed?.sealed.includes('pass-')).toBe(false);
  });

  const unreachable: Readonly<Record<string, readonly [url: () => string, message: RegExp]>> = {
    auth: [() => urlOf('postgres', 'wrong-secret'), /^sign-in refused: /],
    database: [() => urlOf('nowhere'), /nowhere/],
    dns: [() => 'postgres://test:wrong-secret@nowhere.invalid/postgres', /^unknown host: /],
    refused: [() => 'postgres://test:wrong-secret@127.0.0.1:1/postgres', /^refused: /],
    target_not_allowed: [() => 'postgres://test:wrong-secret@10.1.2.3/postgres', /^address not allowed: /],
  };
  it.each(Object.keys(unreachable))(
    'that cannot be reached are there all the same, unverified: %s',
    async (problem) => {
      const [url, message] = unreachable[problem] as (typeof unreachable)[string];
      const connection = await create({ url: url() });
      expect(connection.verification).toMatchObject({
        status: 'unverified',
        problem,
        message: expect.stringMatching(message),
        hint: expect.any(String),
        server: null,
        at: expect.any(String),
      });
      expect(connection.lastVerifiedAt).toBeNull();
      expect(JSON.stringify(connection)).not.toContain('wrong-secret');
      const again = await client.post<ConnectionBody>(`/connections/${connection.id}/verify`);
      expect(again).toMatchObject({ status: 200, body: { verification: { status: 'unverified', problem } } });
    },
  );

  it('that were wrong are put right, and verified again', async () => {
    const { id } = await create({ url: urlOf('postgres', 'wrong-secret') });
    const right = await client.patch<ConnectionBody>(`/connections/${id}`, {
      auth: { type: 'basic', username: 'test', password: target.password },
    });
    expect(right.body).toMatchObject({ version: 2, verification: { status: 'verified' } });
    const renamed = await client.patch<ConnectionBody>(`/connections/${id}`, {
      name: `renamed ${kind}`,
      readOnly: true,
    });
    expect(renamed.body).toMatchObject({ version: 3, readOnly: true, verification: right.body.verification });
    const moved = await client.patch<ConnectionBody>(`/connections/${id}`, {
      url: `postgres://127.0.0.1:${target.port}/template1`,
    });
    expect(moved.body).toMatchObject({ verification: { status: 'verified' }, hasSecret: true });
    expect(await store.selectFrom('secret').where('name', '=', id).select('version').execute()).toEqual([
      { version: 3 },
    ]);
  });

  it('send a kept password to no other address', async () => {
    const { id } = await create();
    const seen: string[] = [];
    const thief = createServer((socket) => socket.on('data', (bytes) => seen.push(bytes.toString('latin1'))));
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
    const { port } = thief.address() as { port: number };
    const answer = await client.patch(`/connections/${id}`, { url: `postgres://127.0.0.1:${port}/postgres` });
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'secret_needed', pointer: '/auth' }]);
    expect(seen).toEqual([]);
    expect((await client.get<ConnectionBody>(`/connections/${id}`)).body.version).toBe(1);
    await new Promise((resolve) => thief.close(resolve));
  });

  it('take their password from a secret of people', async () => {
    const secret = await client.post<{ id: string }>('/secrets', {
      name: `PW_${kind.toUpperCase()}`,
      value: target.password,
    });
    const connection = await create({
      url: `postgres://127.0.0.1:${target.port}/postgres`,
      auth: { type: 'basic', username: 'test', secret_ref: secret.body.id },
    });
    expect(connection).toMatchObject({
      hasSecret: true,
      auth: { type: 'basic', username: 'test', secret_ref: secret.body.id },
      verification: { status: 'verified' },
    });
    const ownOf = (id: string) => store.selectFrom('secret').where('name', '=', id).select('id').execute();
    expect(await ownOf(connection.id)).toEqual([]);
    // One that had a password of its own has none any more.
    const before = await create();
    expect(await ownOf(before.id)).toHaveLength(1);
    const { auth } = connection;
    const url = `postgres://127.0.0.1:${target.port}/postgres`;
    const changed = await client.patch<ConnectionBody>(`/connections/${before.id}`, { url, auth });
    expect(changed.body).toMatchObject({ hasSecret: true, auth, verification: { status: 'verified' } });
    expect(await ownOf(before.id)).toEqual([]);
    expect((await client.patch(`/secrets/${secret.body.id}`, { value: 'other' })).status).toBe(200);
    const other = await client.post<ConnectionBody>(`/connections/${connection.id}/verify`);
    expect(other.body.verification).toMatchObject({ status: 'unverified', problem: 'auth' });
    expect((await client.delete(`/secrets/${secret.body.id}`)).status).toBe(204);
    const gone = await client.post<ConnectionBody>(`/connections/${connection.id}/verify`);
    expect(expectError(gone, 422, 'validation_error')).toMatchObject([
      { code: 'secret_missing', pointer: '/auth/secret_ref' },
    ]);
    const absent = await client.post('/connections', {
      name: 'absent',
      type: 'postgres',
      url: 'postgres://127.0.0.1/postgres',
      auth: { type: 'basic', username: 'test', secret_ref: 'sec_nowhere' },
    });
    expect(expectError(absent, 422, 'validation_error')).toMatchObject([{ code: 'secret_missing' }]);
    // Nor is a connection changed to have one.
    const patched = await client.patch(`/connections/${before.id}`, {
      url,
      auth: { ...auth, secret_ref: 'sec_nowhere' },
    });
    expect(expectError(patched, 422, 'validation_error')).toMatchObject([{ code: 'secret_missing' }]);
    expect((await client.get(`/connections/${before.id}`)).body).toMatchObject({ auth, version: 2 });
  });

  it('know nothing of one system when they lead to another', async () => {
    const { id } = await create();
    const tables = async () =>
      (await client.get<{ tables: readonly object[] }>(`/connections/${id}/metadata`)).body.tables.length;
    expect(await tables()).toBeGreaterThan(0);
    expect((await client.get(`/connections/${id}`)).body).toMatchObject({ metadata: { tables: expect.any(Array) } });
    const changed = await client.patch(`/connections/${id}`, { url: urlOf('template1') });
    expect(changed.body).toMatchObject({ metadata: null, verification: { status: 'verified' } });
    expect(await tables()).toBe(0);
  });

  it('have names of their own in their project', async () => {
    const { id, name } = await create();
    const twin = { name, type: 'postgres', url: urlOf() };
    expect(expectError(await client.post('/connections', twin), 409, 'conflict')).toMatchObject([
      { code: 'connection_exists' },
    ]);
    const found = await client.get<ListBody<ConnectionBody>>(`/connections?name=${encodeURIComponent(name)}`);
    expect(found.body).toMatchObject({ items: [{ id, name }], total: 1, next_cursor: null });
  });

  it('are deleted, restored, and purged with their secret', async () => {
    const { id, name } = await create();
    const [before] = await store.selectFrom('connection').where('id', '=', id).select('secret_id').execute();
    expect((await client.delete(`/connections/${id}`)).status).toBe(204);
    for (const answer of [
      await client.get(`/connections/${id}`),
      await client.delete(`/connections/${id}`),
      await client.post(`/connections/${id}/verify`),
      await client.get(`/connections/${id}/metadata`),
    ]) {
      expectError(answer, 404, 'not_found');
    }
    const deleted = await client.get<ListBody<{ id: string; purgeAt: string }>>('/connections?deleted=true');
    expect(deleted.body.items).toMatchObject([{ id, purgeAt: expect.any(String) }]);
    const twin = await create({ name });
    const taken = await client.post(`/connections/${id}/restore`, {});
    expect(expectError(taken, 409, 'conflict')).toMatchObject([{ code: 'connection_exists' }]);
    const restored = await client.post<ConnectionBody>(`/connections/${id}/restore`, { as: `${name} again` });
    expect(restored.body).toMatchObject({ id, name: `${name} again`, verification: { status: 'verified' } });
    expect((await client.post<ConnectionBody>(`/connections/${id}/verify`)).body.verification.status).toBe('verified');
    expect(twin.id).not.toBe(id);
    expect((await acts(id)).map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.verified',
      'connection.deleted',
      'connection.restored',
      'connection.verified',
    ]);
    expect(before?.secret_id).toMatch(/^sec_/);
  });

  it('move to another project with their secret, and keep theirs from being deleted', async () => {
    const { body: other } = await client.post<{ id: string }>('/projects', { name: 'Other' });
    const { id, name } = await create();
    const there = { 'x-datamaker-project': other.id };
    expect((await client.post('/connections/move', { connections: [id], projectId: other.id })).status).toBe(204);
    expectError(await client.get(`/connections/${id}`), 404, 'not_found');
    const moved = await client.get<ConnectionBody>(`/connections/${id}`, there);
    expect(moved.body).toMatchObject({ id, name });
    const verified = await client.post<ConnectionBody>(`/connections/${id}/verify`, undefined, there);
    expect(verified.body.verification.status).toBe('verified');
    expect(expectError(await client.delete(`/projects/${other.id}`), 409, 'conflict')).toMatchObject([
      { code: 'project_not_empty' },
    ]);
    const secret = await client.post<{ id: string }>('/secrets', {
      name: `OWN_${kind.toUpperCase()}`,
      value: target.password,
    });
    const tied = await create({
      url: `postgres://127.0.0.1:${target.port}/postgres`,
      auth: { type: 'basic', username: 'test', secret_ref: secret.body.id },
    });
    const torn = await client.post('/connections/move', { connections: [tied.id], projectId: other.id });
    expect(expectError(torn, 409, 'conflict')).toMatchObject([{ code: 'secret_of_project' }]);
  });

  it('tell of tables, columns and keys, and remember it', async () => {
    const { id } = await create();
    interface Metadata {
      readonly tables: readonly { name: string; columns: readonly { name: string }[] }[];
      readonly readAt: string;
    }
    const first = await client.get<Metadata>(`/connections/${id}/metadata`);
    const customer = first.body.tables.find(({ name }) => name === 'customer');
    expect(customer).toMatchObject({
      schema: 'public',
      primaryKey: { columns: ['id'] },
      uniqueKeys: [{ columns: ['email'] }],
      rowEstimate: 1500,
    });
    expect(customer?.columns.map(({ name }) => name)).toEqual(['id', 'full name', 'email', 'at']);
    const shown = (await client.get<ConnectionBody>(`/connections/${id}`)).body.metadata;
    expect(shown?.tables).toEqual(expect.arrayContaining(['customer', 'made']));
    await target.query(`CREATE TABLE late_${kind} (id integer)`);
    const again = await client.get<Metadata>(`/connections/${id}/metadata`);
    expect(again.body.tables).toEqual(first.body.tables);
    // For an hour.
    const age = (minutes: number) =>
      store
        .updateTable('connection')
        .set({ catalogue_at: new Date(Date.now() - minutes * 60_000) })
        .where('id', '=', id)
        .execute();
    await age(59);
    expect((await client.get<Metadata>(`/connections/${id}/metadata`)).body.tables).toEqual(first.body.tables);
    await age(61);
    const later = (await client.get<Metadata>(`/connections/${id}/metadata`)).body;
    expect(later.tables.map(({ name }) => name)).toContain(`late_${kind}`);
    expect(Math.abs(Date.parse(later.readAt) - Date.now())).toBeLessThan(60_000);
    const fresh = await client.get<Metadata>(`/connections/${id}/metadata?refresh=true&table=late_${kind}`);
    expect(fresh.body.tables).toMatchObject([{ name: `late_${kind}` }]);
  });

  it('that are broken say what is in the way, in a word', async () => {
    const { id } = await create({ url: 'postgres://test:wrong-secret@127.0.0.1:1/postgres' });
    for (const path of ['metadata', 'rows?table=customer']) {
      const answer = await client.get<ErrorBody>(`/connections/${id}/${path}`);
      expect(expectError(answer, 502, 'connection_failed')).toMatchObject([
        { code: 'refused', hint: expect.any(String) },
      ]);
      expect(answer.body.error.details).toMatchObject({ problem: 'refused' });
      expect(answer.text).not.toContain('wrong-secret');
    }
    const problem = await client.get<Record<string, unknown>>(`/connections/${id}/metadata`, {
      accept: 'application/problem+json',
    });
    expect(JSON.parse(problem.text)).toMatchObject({ status: 502, code: 'connection_failed', problem: 'refused' });
  });
});
