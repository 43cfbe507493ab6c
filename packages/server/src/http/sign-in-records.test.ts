import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { Browser } from '../testing/browser.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { join, PASSWORD } from '../testing/people.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

interface ActBody {
  readonly action: string;
  readonly personId: string | null;
  readonly credentialId: string | null;
  readonly projectId: string | null;
  readonly subjectId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}
interface SessionBody {
  readonly id: string;
  readonly current: boolean;
  readonly agent: string;
  readonly address: string;
  readonly expiresAt: string;
}

describe('signing in', () => {
  let server: TestServer;
  let owner: Client;
  let store: Store;
  beforeAll(async () => {
    server = await startOn('external');
    owner = server.client;
    store = await server.openDatabase();
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
  });
  const acts = async (query: string) => (await owner.get<ListBody<ActBody>>(`/audit?${query}`)).body.items;
  const signIn = (email: string, password = PASSWORD) =>
    new Browser(owner).send<{ session: SessionBody }>('POST', '/session', { email, password });

  it('that is refused is in the audit where there is such an account, and nowhere else', async () => {
    const { id, email } = await join(owner, 'member');
    expectError(await signIn(email, 'not the password'), 401, 'invalid_credentials');
    expectError(await signIn('nobody@example.org', 'not the password'), 401, 'invalid_credentials');
    await until(async () => (await acts('action=session.refused')).length > 0);
    expect(await acts('action=session.refused')).toMatchObject([
      { personId: id, subjectId: id, credentialId: null, projectId: null, details: {} },
    ]);
  });

  it('tells where and with what each session began', async () => {
    const { email } = await join(owner, 'member');
    const agent = `Browser ${'x'.repeat(300)}`;
    const body = { email, password: PASSWORD };
    const answer = await owner.as(undefined).post<{ session: SessionBody }>('/session', body, { 'user-agent': agent });
    expect(answer.body.session).toMatchObject({ agent: agent.slice(0, 200), address: '127.0.0.1', current: true });
    const lasts = Date.parse(answer.body.session.expiresAt) - Date.now();
    expect(Math.round(lasts / 3_600_000)).toBe(14 * 24);
  });

  it('that ends is in the audit: one’s own, another, and all others', async () => {
    const { id, email, browser } = await join(owner, 'member');
    const sessions = async () => (await browser.send<ListBody<SessionBody>>('GET', '/sessions')).body.items;
    const [{ id: own } = { id: '' }] = await sessions();
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await signIn(email)).body.session.id);
    expect((await browser.send('DELETE', `/sessions/${ids[0]}`)).status).toBe(204);
    expectError(await browser.send('DELETE', `/sessions/${ids[0]}`), 404, 'not_found');
    expect((await browser.send('DELETE', '/sessions')).status).toBe(204);
    expect((await sessions()).map((one) => one.id)).toEqual([own]);
    expect((await browser.send('DELETE', '/session')).status).toBe(204);
    const ended = (await acts(`person=${id}&limit=100`)).filter(({ action }) => /ended$/.test(action)).toReversed();
    expect(ended).toMatchObject([
      { action: 'session.ended', subjectId: ids[0], credentialId: own },
      { action: 'session.others_ended', subjectId: id, credentialId: own, details: { ended: 2 } },
      { action: 'session.ended', subjectId: own, credentialId: own },
    ]);
  });

  it('can be tried again when a password was set', async () => {
    const { client, email } = await join(owner, 'member');
    const tried = await Promise.all(Array.from({ length: 11 }, () => signIn(email, 'not the password')));
    expect(tried.filter(({ status }) => status === 429)).toHaveLength(1);
    const password = 'another long password';
    expect((await client.post('/people/me/password', { password })).status).toBe(204);
    expect((await signIn(email, password)).status).toBe(201);
  });

  it('with an address that was changed goes by the new one, which the audit tells', async () => {
    const { client, id, email } = await join(owner, 'member');
    const next = `else-${email}`;
    expect((await client.post('/people/me/password', { email: next.toUpperCase(), password: PASSWORD })).status).toBe(
      204,
    );
    expectError(await signIn(email), 401, 'invalid_credentials');
    expect((await signIn(next)).status).toBe(201);
    const [set] = await acts(`subject=${id}&action=person.password_set`);
    expect(set).toMatchObject({ personId: id, projectId: null, details: { email: next } });
  });

  it('is over for whoever was removed, of whom no password is kept', async () => {
    const { id, email } = await join(owner, 'member');
    expect((await owner.delete(`/people/${id}`)).status).toBe(204);
    expectError(await signIn(email), 401, 'invalid_credentials');
    const kept = store.selectFrom('person').where('id', '=', id).select(['password', 'removed_at']);
    expect(await kept.executeTakeFirst()).toEqual({ password: null, removed_at: expect.any(Date) });
  });
});
