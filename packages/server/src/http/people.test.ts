import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Client, ListBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { join, type PersonBody } from '../testing/people.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

describe.each(STORES)('people over HTTP, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  let ownId: string;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
    ownId = (await owner.get<PersonBody>('/people/me')).body.id;
  });
  afterAll(() => server?.close());

  it('come by invite, with its role, and are listed', async () => {
    const ada = await join(owner, 'member');
    expect((await ada.client.get<PersonBody>('/people/me')).body).toMatchObject({ id: ada.id, role: 'member' });
    const { body } = await owner.get<ListBody<PersonBody>>('/people?limit=1');
    expect(body).toMatchObject({ items: [{ id: ada.id, email: ada.email }], total: 2 });
    const next = await owner.get<ListBody<PersonBody>>(`/people?limit=1&cursor=${body.next_cursor}`);
    expect(next.body).toMatchObject({ items: [{ id: ownId, role: 'owner', email: null }], next_cursor: null });
    expectError(await owner.get(`/keys?cursor=${body.next_cursor}`), 400, 'invalid_cursor');
  });

  it('change their own names', async () => {
    const { client, id } = await join(owner, 'viewer');
    expect((await client.patch('/people/me', { name: ' Grace ' })).body).toMatchObject({ id, name: 'Grace' });
    expectError(await client.patch('/people/me', { name: '' }), 422, 'validation_error');
    expectError(await client.patch('/people/me', { name: 'a\0b' }), 422, 'validation_error');
    expectError(await client.patch('/people/me', { role: 'owner' }), 422, 'validation_error');
  });

  it('get roles that hold from the next request on', async () => {
    const { client, id } = await join(owner, 'viewer');
    expectError(await client.post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
    expect((await owner.patch(`/people/${id}`, { role: 'member' })).body).toMatchObject({ role: 'member' });
    await client.create([{ name: 'id', type: 'sequence' }]);
    await owner.patch(`/people/${id}`, { role: 'viewer' });
    expectError(await client.post('/templates', { name: 'x', fields: [] }), 403, 'forbidden');
  });

  it('give nobody a role above their own, nor touch those who have one', async () => {
    const admin = await join(owner, 'admin');
    const member = await join(owner, 'member');
    expectError(await admin.client.patch(`/people/${member.id}`, { role: 'owner' }), 403, 'forbidden');
    expectError(await admin.client.patch(`/people/${admin.id}`, { role: 'owner' }), 403, 'forbidden');
    expectError(await admin.client.patch(`/people/${ownId}`, { role: 'viewer' }), 403, 'forbidden');
    expectError(await admin.client.delete(`/people/${ownId}`), 403, 'forbidden');
    expectError(await admin.client.post('/invites', { role: 'owner' }), 403, 'forbidden');
    const { body } = await owner.get<ListBody<{ id: string }>>('/keys?limit=100');
    const ownKey = body.items.at(-1)?.id;
    expectError(await admin.client.delete(`/keys/${ownKey}`), 403, 'forbidden');
    expect((await admin.client.patch(`/people/${member.id}`, { role: 'admin' })).status).toBe(200);
    expectError(await owner.patch(`/people/${member.id}`, { role: 'emperor' }), 422, 'validation_error');
  });

  it('lose what they may do also while their request waits', async () => {
    const [admin, member] = [await join(owner, 'admin'), await join(owner, 'member')];
    const store = await server.openDatabase();
    const sent: Promise<Answer<unknown>>[] = [];
    await store.transaction().execute(async (tx) => {
      await tx.selectFrom('workspace').select('id').forNoKeyUpdate().execute();
      sent.push(admin.client.patch(`/people/${member.id}`, { role: 'viewer' }));
      // It came in as an administrator's, and now waits for this transaction.
      await until(async () => {
        const { rows } = await sql`SELECT FROM pg_locks WHERE NOT granted`.execute(store);
        return rows.length > 0;
      });
      await tx.updateTable('person').set({ role: 'member' }).where('id', '=', admin.id).execute();
    });
    for (const answer of await Promise.all(sent)) expectError(answer, 403, 'forbidden');
    expect((await owner.get<PersonBody>(`/people/${member.id}`)).body).toMatchObject({ role: 'member' });
    await store.destroy();
  });

  it('always have an owner among them, also when two go at once', async () => {
    for (const change of [
      () => owner.patch(`/people/${ownId}`, { role: 'member' }),
      () => owner.delete(`/people/${ownId}`),
    ]) {
      expect(expectError(await change(), 409, 'conflict')).toMatchObject([{ code: 'last_owner' }]);
    }
    const second = await join(owner, 'owner');
    const answers = await Promise.all([
      owner.patch(`/people/${second.id}`, { role: 'admin' }),
      second.client.patch(`/people/${ownId}`, { role: 'admin' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    const store = await server.openDatabase();
    await store.updateTable('person').set({ role: 'owner' }).where('id', '=', ownId).execute();
    await store.destroy();
  });

  it('take keys, sessions and invites with them when they are removed', async () => {
    const { client, browser, id, email } = await join(owner, 'admin');
    const { body: invite } = await client.post<{ token: string }>('/invites', { role: 'member' });
    expect((await browser.send('GET', '/session')).status).toBe(200);
    expect((await owner.delete(`/people/${id}`)).status).toBe(204);
    expectError(await client.get('/templates'), 401, 'unauthorized');
    expectError(await client.get('/people/me'), 401, 'unauthorized');
    expectError(await browser.send('GET', '/session'), 401, 'unauthorized');
    expectError(await owner.get(`/people/${id}`), 404, 'not_found');
    expectError(await owner.delete(`/people/${id}`), 404, 'not_found');
    const accept = { name: 'x', email: 'late@example.org', password: 'a long enough password' };
    expectError(await owner.as(undefined).post(`/invites/${invite.token}/accept`, accept), 404, 'not_found');
    // The address is free again.
    const again = await owner.post<{ token: string }>('/invites', { role: 'member', email });
    const back = await owner.as(undefined).post(`/invites/${again.body.token}/accept`, { ...accept, email });
    expect(back.status).toBe(201);
  });

  it('have no session when they are removed, also where none was ended', async () => {
    const { browser, id } = await join(owner, 'member');
    expect((await browser.send('GET', '/session')).status).toBe(200);
    const store = await server.openDatabase();
    await store.updateTable('person').set({ removed_at: new Date() }).where('id', '=', id).execute();
    await store.destroy();
    expectError(await browser.send('GET', '/session'), 401, 'unauthorized');
  });

  it('are in the audit with what was done to them', async () => {
    const { id } = await join(owner, 'member');
    await owner.patch(`/people/${id}`, { role: 'admin' });
    await owner.delete(`/people/${id}`);
    const { body } = await owner.get<ListBody<{ action: string; personId: string; details: object }>>(
      `/audit?subject=${id}`,
    );
    expect(body.items.map(({ action, personId }) => [action, personId])).toEqual([
      ['person.removed', ownId],
      ['person.role_changed', ownId],
      ['person.joined', id],
    ]);
    expect(body.items[1]?.details).toEqual({ from: 'member', to: 'admin' });
  });

  describe('are invited', () => {
    const who = { name: 'New', password: 'a long enough password' };
    const accept = (token: string, email: string) =>
      owner.as(undefined).post(`/invites/${token}/accept`, { ...who, email });

    it('once: of many who take the same invite at once, one gets in', async () => {
      const { body } = await owner.post<{ id: string; token: string }>('/invites', { role: 'viewer' });
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, index) => accept(body.token, `racer-${index}@example.org`)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404, 404, 404, 404]);
    });

    it('with a token that is shown once and stored as a hash', async () => {
      const { body } = await owner.post<{ id: string; token: string }>('/invites', { role: 'viewer' });
      expect(body.token).toMatch(/^dmi_[\w-]{43}$/);
      const list = await owner.get<ListBody<{ id: string }>>('/invites');
      expect(list.body.items.map(({ id }) => id)).toContain(body.id);
      expect(list.text).not.toContain(body.token);
      const store = await server.openDatabase();
      const stored = await store.selectFrom('invite').selectAll().execute();
      await store.destroy();
      expect(JSON.stringify(stored)).not.toContain(body.token);
    });

    it('until the invite is withdrawn, or its time is over', async () => {
      const first = await owner.post<{ id: string; token: string }>('/invites', { role: 'viewer' });
      expect((await owner.delete(`/invites/${first.body.id}`)).status).toBe(204);
      expectError(await owner.delete(`/invites/${first.body.id}`), 404, 'not_found');
      expectError(await accept(first.body.token, 'late-1@example.org'), 404, 'not_found');
      const second = await owner.post<{ id: string; token: string }>('/invites', { role: 'viewer', expiresInDays: 14 });
      const store = await server.openDatabase();
      await store.updateTable('invite').set({ expires_at: new Date() }).where('id', '=', second.body.id).execute();
      expectError(await owner.delete(`/invites/${second.body.id}`), 404, 'not_found');
      await store.destroy();
      expectError(await accept(second.body.token, 'late-2@example.org'), 404, 'not_found');
      expectError(await accept('dmi_nonsense', 'late-3@example.org'), 404, 'not_found');
      for (const expiresInDays of [0, 15, 1.5, '7']) {
        expectError(await owner.post('/invites', { role: 'viewer', expiresInDays }), 422, 'validation_error');
      }
    });

    it('at one address only, when the invite names it, and never at another’s', async () => {
      const taken = (await join(owner, 'viewer')).email;
      const named = await owner.post<{ token: string }>('/invites', { role: 'viewer', email: 'Eve@Example.org' });
      expect(expectError(await accept(named.body.token, 'mallory@example.org'), 422, 'validation_error')).toMatchObject(
        [{ code: 'other_address' }],
      );
      expect((await accept(named.body.token, 'EVE@example.org')).status).toBe(201);
      const open = await owner.post<{ token: string }>('/invites', { role: 'viewer' });
      expect(expectError(await accept(open.body.token, taken), 409, 'conflict')).toMatchObject([
        { code: 'email_taken' },
      ]);
      // Refused, and so not used up.
      expect((await accept(open.body.token, 'free@example.org')).status).toBe(201);
    });
  });
});
