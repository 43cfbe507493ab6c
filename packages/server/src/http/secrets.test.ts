import { randomBytes } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newApiKey } from '../security/api-key.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { connect } from '../store/open-store.ts';
import { Client } from '../testing/client.ts';
import { type ExternalPostgres, startExternalPostgres } from '../testing/external-postgres.ts';
import { quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';
import { spawnServer } from '../testing/spawn-server.ts';

/** A secret that can be found again, wherever it went. */
const canary = (kind: string): string => `canary-${kind}-${randomBytes(12).toString('hex')}`;

/** A secret in plain, in hexadecimal digits (as PostgreSQL shows bytes), with percent signs, and in base64, wherever it begins in there. */
function waysToWrite(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex');
  const percent = hex.replaceAll(/../g, '%$&');
  const base64 = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    // Signs at both ends depend on what stands beside it.
    const whole = (encoding: 'base64' | 'base64url'): string =>
      bytes.toString(encoding).slice(before === 0 ? 0 : 4, -4);
    return [whole('base64'), whole('base64url')];
  });
  return [secret, encodeURIComponent(secret), hex, hex.toUpperCase(), percent, percent.toUpperCase(), ...base64];
}

/** Pepper and master keys, without what is said of them. */
const ownSecrets = (dataDirectory: string): string[] =>
  ['secret', 'master-keys'].flatMap((name) =>
    readFileSync(join(dataDirectory, name), 'utf8')
      .split(/\s+/)
      .filter((word) => word.length >= 32),
  );

const PAGE = 8192;
const EMPTY = Buffer.alloc(PAGE);

/** All that a database on a unix socket has written, one file after the other, without empty pages. */
function filesOf(databaseUrl: string, oid: string): Buffer {
  const folder = join(new URL(databaseUrl).searchParams.get('host') ?? '', 'data');
  const paths = globSync([`base/${oid}/*`, 'global/*', 'pg_wal/*'], { cwd: folder }).map((path) => join(folder, path));
  const pages = paths
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(path);
      return Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, at) =>
        bytes.subarray(at * PAGE, (at + 1) * PAGE),
      );
    });
  return Buffer.concat(pages.filter((page) => !page.equals(EMPTY)));
}

describe('secrets', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let databaseUrl: string;
  let first: RunningServer;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    databaseUrl = await postgres.createStore();
    first = await startServer(quietly({ dataDirectory, databaseUrl }));
  });
  afterAll(async () => {
    await first?.close();
    await postgres?.stop();
    removeFolder(dataDirectory);
  });

  it('are in no log, no table and no answer', async () => {
    const { url, child, exit } = await spawnServer('server-process.ts', dataDirectory, databaseUrl, 'trace');
    onTestFinished(() => void child.kill('SIGKILL'));
    let seen = '';
    child.stdout?.on('data', (chunk) => {
      seen += String(chunk);
    });
    const key = first.newKey ?? '';
    const client = new Client(url, key);
    // What the server keeps beside its database, too.
    const planted = [key, ...ownSecrets(dataDirectory)];
    const plant = (kind: string): string => {
      const secret = canary(kind);
      planted.push(secret);
      return secret;
    };
    const id = await client.create([{ name: 'id', type: 'uuid' }]);
    const anonymous = client.as(undefined);
    const created = await client.post<{ id: string }>('/secrets', { name: 'CANARY', value: plant('secret') });
    expect(created.status).toBe(201);
    for (let round = 0; round < 5; round++) {
      const { text: minted } = await client.as(undefined).get('/api/v1/auth/free-key');
      const wrong = newApiKey('owner');
      planted.push(wrong);
      const answers = [
        await client.as(wrong).get('/templates'),
        await anonymous.get('/templates', { authorization: `Bearer ${plant('bearer')}` }),
        await anonymous.get('/templates', { authorization: `Basic ${plant('basic')}` }),
        await anonymous.get('/templates', { 'x-api-key': plant('header') }),
        await client.get('/templates', { 'x-api-key': plant('conflict') }),
        await client.get('/templates', { cookie: `session=${plant('cookie')}` }),
        await anonymous.get(`/api/v1/usage?api_key=${plant('query')}`),
        await anonymous.get(`/api/v1/usage?%61pi_key=${plant('written-otherwise')}`),
        await client.get('/templates', { 'proxy-authorization': plant('proxy') }),
        await client.post('/mask', { rows: [{ a: plant('row') }], strategies: { a: 'hash' }, key: plant('mask-key') }),
        await client.post('/mask', { rows: [{ a: plant('row') }], strategies: { a: 'none' }, key: plant('mask-key') }),
        await client.post(
          '/mask',
          { rows: [plant('row')], fields: 3, key: plant('mask-key') },
          { 'idempotency-key': `m${round}` },
        ),
        await client.post(
          '/mask',
          { rows: [{ a: plant('row') }], strategies: { a: 'hash' }, key: plant('mask-key') },
          { 'idempotency-key': `n${round}` },
        ),
        ...(await Promise.all(
          [
            { url: `postgres://u:${plant('in-url')}@127.0.0.1:1/x` },
            { url: `postgres://u:${plant('in-url')}@nowhere.invalid/x` },
            { url: `postgres://u:${plant('in-url')}@db.example.org/x?unknown=1` },
            { url: `postgres://u:${plant('in-url')}@db.example.org:port/x` },
            { url: plant('no-url') },
            { url: 'postgres://127.0.0.1:1/x', auth: { type: 'basic', username: 'u', password: plant('auth') } },
            { url: 'postgres://127.0.0.1:1/x', auth: { type: 'bearer', token: plant('auth') } },
            { url: 'postgres://127.0.0.1:1/x', auth: { type: 'basic', password: plant('auth'), more: 1 } },
            { url: 'postgres://u@127.0.0.1:1/x', options: { unknown: plant('option') } },
          ].map((one, at) => client.post('/connections', { name: `c${round}-${at}`, type: 'postgres', ...one })),
        )),
        await client.post(`/templates/${id}/generate`, { count: 1, format: 'none', password: plant('option') }),
        await client.post(
          '/secrets',
          { name: `KEPT_${round}`, value: plant('secret') },
          { 'idempotency-key': `s${round}` },
        ),
        await client.post('/secrets', { name: `WIDE_${round}`, value: plant('secret'), reach: 'workspace' }),
        await client.post('/secrets', { name: 'CANARY', value: plant('secret') }),
        await client.post('/secrets', { name: 'canary', value: plant('secret') }, { 'idempotency-key': `t${round}` }),
        await client.post('/secrets', { name: 'OTHER', value: [plant('secret')] }),
        await client.post('/secrets', { name: 'OTHER', value: `${plant('secret')}\0` }),
        await client.post('/secrets', { name: 'OTHER', value: plant('secret').repeat(3000) }),
        await client.post('/secrets', { name: 'OTHER', value: plant('secret'), reach: plant('reach') }),
        await client.post('/secrets', `{"name":"OTHER","value":"${plant('secret')}" "`),
        await client.post('/secrets', `{"name":"OTHER","value":"${plant('secret')}"}`, {
          'content-type': 'text/plain',
        }),
        await client.patch(`/secrets/${created.body.id}`, { value: plant('secret') }),
        await client.patch('/secrets/sec_absent', { value: plant('secret') }),
        await client.send('PUT', '/secrets', { value: plant('secret') }),
        await client.get(`/secrets/${created.body.id}`),
        await client.get('/secrets?limit=100'),
        await client.get('/audit?limit=100'),
      ];
      const email = `canary-${round}@example.org`;
      const password = plant('password');
      const invite = await client.post<{ token: string }>('/invites', { role: 'member' });
      const accept = `/invites/${invite.body.token}/accept`;
      const site = { 'sec-fetch-site': 'same-origin' };
      const joined = await anonymous.post(accept, { name: 'Canary', email, password }, site);
      expect(joined.status).toBe(201);
      const cookie = joined.headers.getSetCookie().join().split(';')[0] ?? '';
      const made = await client.post<{ id: string; key: string }>(
        '/keys',
        { name: 'canary' },
        { 'idempotency-key': `k${round}` },
      );
      const rotated = await client.post<{ key: string }>(`/keys/${made.body.id}/rotate`, {});
      // Shown once, each in the answer that makes it.
      planted.push(invite.body.token, cookie.split('=')[1] ?? '', made.body.key, rotated.body.key);
      answers.push(
        joined,
        await anonymous.post(accept, { name: 'Canary', email, password: plant('password') }, site),
        await anonymous.post(`/invites/${plant('invite')}/accept`, { name: 'Canary', email, password }, site),
        await anonymous.post('/session', { email, password }, site),
        await anonymous.post('/session', { email, password: plant('password') }, site),
        await anonymous.post('/session', { email, password: [plant('password')] }, site),
        await anonymous.get('/session', { cookie }),
        await anonymous.get('/sessions', { cookie }),
        await anonymous.post(
          '/people/me/password',
          { email, password: plant('password'), currentPassword: password },
          { cookie, ...site },
        ),
        await anonymous.post(
          '/people/me/password',
          { email, password: plant('password'), currentPassword: plant('password') },
          { cookie, ...site },
        ),
        await client.get(`/keys/${made.body.id}`),
        await client.get('/keys?limit=100'),
        await client.get('/invites?limit=100'),
        await client.get('/audit/export'),
      );
      const told = answers.map(({ text }) => text).join('\n');
      for (const secret of planted) for (const written of waysToWrite(secret)) expect(told).not.toContain(written);
      planted.push(/[\w-]*DATAGEN[\w-]+|dmk_\w+/i.exec(minted)?.[0] ?? key);
    }
    child.kill('SIGTERM');
    await exit;
    const store = connect({ url: databaseUrl }, () => undefined);
    const { rows: tables } = await sql<{ name: string }>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(store);
    let dump = '';
    for (const { name } of tables) {
      const { rows } = await sql<{ line: string; bytes: string }>`
        SELECT row::text AS line, encode(convert_to(row::text, 'UTF8'), 'escape') AS bytes FROM ${sql.table(name)} AS row`.execute(
        store,
      );
      dump += rows.map(({ line }) => `${line}\n`).join('');
    }
    await sql`CHECKPOINT`.execute(store);
    const { rows: databases } = await sql<{ oid: string }>`
      SELECT oid::text FROM pg_database WHERE datname = current_database()`.execute(store);
    await store.destroy();
    // Tables, indexes, and all that was ever written to the log that the database recovers from.
    const disk = filesOf(databaseUrl, databases[0]?.oid ?? '');
    expect(planted.length).toBeGreaterThan(150);
    expect(seen).toContain('"url":"/templates"');
    expect(dump).toContain(id);
    expect(disk.includes(id)).toBe(true);
    for (const secret of planted) {
      for (const written of waysToWrite(secret)) {
        expect(seen).not.toContain(written);
        expect(dump).not.toContain(written);
      }
      const hex = Buffer.from(secret).toString('hex');
      for (const written of [secret, hex]) expect([written, disk.includes(written)]).toEqual([written, false]);
    }
  });
});
