import { randomBytes } from 'node:crypto';
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

describe('secrets', () => {
  const dataDirectory = temporaryFolder();
  let postgres: ExternalPostgres;
  let databaseUrl: string;
  let first: RunningServer;
  beforeAll(async () => {
    postgres = await startExternalPostgres();
    databaseUrl = await postgres.createDatabase();
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
    const planted = [key];
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
    await store.destroy();
    expect(planted.length).toBeGreaterThan(50);
    expect(seen).toContain('"url":"/templates"');
    expect(dump).toContain(id);
    for (const secret of planted) {
      for (const written of waysToWrite(secret)) {
        expect(seen).not.toContain(written);
        expect(dump).not.toContain(written);
      }
    }
  });
});
