import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { newMasterKey } from '../security/master-key.ts';
import { MASTER_KEYS, MasterKeyFile } from '../security/master-key-file.ts';
import { MasterKeys } from '../security/master-keys.ts';
import { MAX_SECRETS } from '../services/secret-service.ts';
import { SecretVault } from '../services/secrets/secret-vault.ts';
import type { Store } from '../store/open-store.ts';
import { tenantOf } from '../store/tenant.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

interface SecretBody {
  readonly id: string;
  readonly name: string;
  readonly reach: string;
  readonly projectId: string | null;
  readonly version: number;
  readonly lastUsedAt: string | null;
}

describe.each(STORES)('secrets on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let workspaceId: string;
  let vault: SecretVault;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
    store = await server.openDatabase();
    workspaceId = (await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow()).id;
    vault = new SecretVault(new MasterKeys(await new MasterKeyFile(`${server.dataDirectory}/${MASTER_KEYS}`).read()));
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  let made = 0;
  const freshName = (): string => `NAME_${++made}`;
  const create = async (value: string, name = freshName(), more: object = {}): Promise<SecretBody> => {
    const { status, body } = await client.post<SecretBody>('/secrets', { name, value, ...more });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };
  const open = (id: string): Promise<string> => tenantOf(store, workspaceId)((tx) => vault.openSecret(tx, id));
  const list = async (headers = {}) =>
    (await client.get<ListBody<SecretBody>>('/secrets?limit=100', headers)).body.items.map(({ id }) => id);

  it('are created, listed, changed and deleted, and never shown', async () => {
    const answer = await client.post<SecretBody>('/secrets', { name: 'CRM_TOKEN', value: 'hunter-2' });
    expect(answer.status).toBe(201);
    const { body } = answer;
    expect(answer.headers.get('location')).toBe(`/secrets/${body.id}`);
    expect(body).toMatchObject({ name: 'CRM_TOKEN', reach: 'project', version: 1, lastUsedAt: null });
    expect(body.id).toMatch(/^sec_/);
    expect(await open(body.id)).toBe('hunter-2');
    const changed = await client.patch<SecretBody>(`/secrets/${body.id}`, { value: 'hunter-3' });
    expect(changed.body).toMatchObject({ id: body.id, version: 2, lastUsedAt: expect.any(String) });
    expect(await open(body.id)).toBe('hunter-3');
    const read = await client.get<SecretBody>(`/secrets/${body.id}`);
    const { text } = await client.get('/secrets');
    for (const shown of [answer.text, changed.text, read.text, text]) expect(shown).not.toContain('hunter');
    expect(await list()).toContain(body.id);
    expect((await client.delete(`/secrets/${body.id}`)).status).toBe(204);
    expectError(await client.get(`/secrets/${body.id}`), 404, 'not_found');
    expect(await list()).not.toContain(body.id);
    const { text: audit } = await client.get(`/audit?subject=${body.id}`);
    for (const action of ['created', 'changed', 'deleted']) expect(audit).toContain(`"secret.${action}"`);
    expect(audit).not.toContain('hunter');
  });

  it('are at most a thousand in a workspace', async () => {
    const one = await create('a');
    const { count } = await store
      .selectFrom('secret')
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow();
    await sql`
      INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by)
      SELECT 'sec_copy' || i, workspace_id, project_id, kind, 'COPY_' || i, version, data_key_id, sealed, created_by, updated_by
        FROM secret, generate_series(1, ${MAX_SECRETS - 1 - count}::int) AS i WHERE id = ${one.id}`.execute(store);
    await create('the last');
    const answer = await client.post('/secrets', { name: freshName(), value: 'one too many' });
    expect(expectError(answer, 409, 'conflict')).toMatchObject([{ code: 'too_many_secrets' }]);
    await sql`DELETE FROM secret WHERE name LIKE 'COPY%'`.execute(store);
    await create('room again');
  });

  it('have a name once in a project, which may go before one of the workspace', async () => {
    const name = freshName();
    const own = await create('a', name);
    const taken = await client.post('/secrets', { name, value: 'b' });
    expect(expectError(taken, 409, 'conflict')[0]?.code).toBe('secret_exists');
    expect(await open(own.id)).toBe('a');
    const shared = await create('c', name, { reach: 'workspace' });
    expect(shared).toMatchObject({ reach: 'workspace', projectId: null });
    const again = await client.post('/secrets', { name, value: 'b', reach: 'workspace' });
    expect(expectError(again, 409, 'conflict')[0]?.code).toBe('secret_exists');
    const projectId = (await client.post('/projects', { name: 'Other' })).body.id;
    const header = { 'x-datamaker-project': projectId };
    const there = await list(header);
    expect(there).toContain(shared.id);
    expect(there).not.toContain(own.id);
    expectError(await client.get(`/secrets/${own.id}`, header), 404, 'not_found');
    expect((await client.post('/secrets', { name, value: 'd' }, header)).status).toBe(201);
    expect(expectError(await client.delete(`/projects/${projectId}`), 409, 'conflict')[0]?.code).toBe(
      'project_not_empty',
    );
  });

  it('of connections are not among those of people', async () => {
    const about = { workspace_id: workspaceId, project_id: null, kind: 'connection', name: 'password' } as const;
    const added = await tenantOf(store, workspaceId)((tx) => vault.add(tx, about, 'of a connection', 'usr_x'));
    const id = added?.id ?? '';
    expect(await open(id)).toBe('of a connection');
    expect(await list()).not.toContain(id);
    expectError(await client.get(`/secrets/${id}`), 404, 'not_found');
    expectError(await client.patch(`/secrets/${id}`, { value: 'mine' }), 404, 'not_found');
    expectError(await client.delete(`/secrets/${id}`), 404, 'not_found');
  });

  it('open in no other row, in no other workspace, and under no other master key', async () => {
    const [a, b] = [await create('of a'), await create('of b')];
    const unreadable = (promise: Promise<string>) =>
      expect(promise).rejects.toMatchObject({
        code: 'secret_unreadable',
        message: expect.not.stringMatching(/of [ab]\b/),
      });
    const sealedOf = async (id: string) =>
      (await store.selectFrom('secret').where('id', '=', id).select('sealed').executeTakeFirstOrThrow()).sealed;
    const put = (id: string, over: object) => store.updateTable('secret').where('id', '=', id).set(over).execute();
    const [ofA, ofB] = [await sealedOf(a.id), await sealedOf(b.id)];
    await put(a.id, { sealed: ofB });
    await put(b.id, { sealed: ofA });
    await unreadable(open(a.id));
    await unreadable(open(b.id));
    await put(a.id, { sealed: ofA });
    expect(await open(a.id)).toBe('of a');
    for (const over of [{ name: freshName() }, { kind: 'connection' }, { version: 2 }, { project_id: null }]) {
      const row = await store.selectFrom('secret').where('id', '=', a.id).selectAll().executeTakeFirstOrThrow();
      await put(a.id, over);
      await unreadable(open(a.id));
      const { name, kind: was, version, project_id } = row;
      await put(a.id, { name, kind: was, version, project_id });
    }
    await client.patch(`/secrets/${a.id}`, { value: 'of a, later' });
    await put(a.id, { sealed: ofA });
    await unreadable(open(a.id));
    const stranger = new SecretVault(new MasterKeys([newMasterKey()]));
    await unreadable(tenantOf(store, workspaceId)((tx) => stranger.openSecret(tx, a.id)));
    await expect(open('sec_absent')).rejects.toMatchObject({ code: 'not_found' });
    await client.delete(`/secrets/${a.id}`);
  });

  it('are not made under a second master key by a server that has another one', async () => {
    const stranger = new SecretVault(new MasterKeys([newMasterKey()]));
    const other = newId('ws');
    await store.insertInto('workspace').values({ id: other, name: 'Other' }).execute();
    const about = { workspace_id: other, project_id: null, kind: 'user', name: 'X' } as const;
    const adding = tenantOf(store, other)((tx) => stranger.add(tx, about, 'x', 'usr_x'));
    await expect(adding).rejects.toMatchObject({ code: 'secret_unreadable' });
    expect(await store.selectFrom('master_key').selectAll().execute()).toHaveLength(1);
  });

  it('are created once, however often the request is sent', async () => {
    const body = { name: freshName(), value: 'canary-of-repeats' };
    const send = () => client.post<SecretBody>('/secrets', body, { 'idempotency-key': body.name });
    const first = await send();
    const second = await send();
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const other = { ...body, value: 'another' };
    expectError(await client.post('/secrets', other, { 'idempotency-key': body.name }), 422, 'idempotency_key_reused');
  });

  it('refuse what is no secret, and show nothing of it', async () => {
    const id = (await create('x')).id;
    const refused = async (body: object | string, pointer: string, status = 422, code = 'validation_error') => {
      for (const answer of [await client.post('/secrets', body), await client.patch(`/secrets/${id}`, body)]) {
        const pointers = expectError(answer, status, code).map((detail) => detail.pointer);
        expect(answer.text).not.toContain('hunter');
        expect(status === 413 ? [''] : pointers).toContain(pointer);
      }
    };
    const name = freshName();
    await refused({ name, value: 17 }, '/value');
    await refused({ name, value: null }, '/value');
    expect(expectError(await client.post('/secrets', { name }), 422, 'validation_error')).toMatchObject([
      { pointer: '/value' },
    ]);
    await refused({ name, value: ['hunter'] }, '/value');
    await refused({ name, value: 'hunter\0' }, '/value');
    await refused(`{"name":"${name}","value":"hunter\\ud800"}`, '/value');
    await refused({ name, value: `hunter${'x'.repeat(64 * 1024)}` }, '/value');
    await refused({ name, value: `hunter${'\u00e9'.repeat(32 * 1024)}` }, '/value');
    await refused(`{"name":"${name}","value":"hunter" "}`, '');
    await refused({ name, value: `hunter${'x'.repeat(600 * 1024)}` }, '', 413, 'payload_too_large');
    await refused({ name, value: 'hunter', type: 'x' }, '/type');
    for (const wrong of [
      '',
      'a',
      'lower',
      '1A',
      '_A',
      'A-B',
      'A B',
      'Ä',
      'A\n',
      'A'.repeat(65),
      'А',
      7,
      null,
      '__proto__',
    ]) {
      expect(
        expectError(await client.post('/secrets', { name: wrong, value: 'hunter' }), 422, 'validation_error'),
      ).toEqual([expect.objectContaining({ pointer: '/name' })]);
    }
    for (const reserved of ['PATH', 'LD_PRELOAD', 'DM_API_KEY', 'PYTHONPATH']) {
      expectError(await client.post('/secrets', { name: reserved, value: 'x' }), 422, 'validation_error');
    }
    expect((await client.get<SecretBody>(`/secrets/${id}`)).body.version).toBe(1);
  });

  it('take any name of the form, and any text of up to 64 KiB', async () => {
    const names = fc
      .stringMatching(/^[A-Z][A-Z0-9_]{0,63}$/)
      .filter((name) => !/^(DM_|LD_|DYLD_|PYTHON|PATH$|HOME$|USER$|SHELL$|TMPDIR$|LANG$|TZ$)/.test(name));
    const texts = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(0, 1, 16_384))
      .map(([text, times]) => [...text.replaceAll('\0', '').repeat(times || 1)])
      .map((units) => {
        while (Buffer.byteLength(units.join('')) > 64 * 1024) units.length = Math.floor(units.length / 2);
        return units.join('');
      });
    await fc.assert(
      fc.asyncProperty(names, texts, async (name, value) => {
        const { status, body } = await client.post<SecretBody>('/secrets', { name, value });
        expect(status).toBe(201);
        expect(await open(body.id)).toBe(value);
        expect((await client.delete(`/secrets/${body.id}`)).status).toBe(204);
      }),
      { numRuns: 40 },
    );
    for (const value of ['', 'x'.repeat(64 * 1024), '\u0001'.repeat(64 * 1024)]) {
      expect(await open((await create(value)).id)).toBe(value);
    }
  });

  it('of many who write at once all come to be', async () => {
    const name = freshName();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        client.post<SecretBody>('/secrets', { name: `${name}_${i % 6}`, value: `${i}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(6);
    const id = answers.find(({ status }) => status === 201)?.body.id;
    await Promise.all(Array.from({ length: 8 }, (_, i) => client.patch(`/secrets/${id}`, { value: `${i}` })));
    expect((await client.get<SecretBody>(`/secrets/${id}`)).body.version).toBe(9);
    const keys = await store.selectFrom('data_key').where('workspace_id', '=', workspaceId).selectAll().execute();
    expect(keys).toHaveLength(1);
  });
});
