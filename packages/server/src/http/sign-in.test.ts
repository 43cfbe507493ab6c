import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import type { Client, ListBody } from '../testing/client.ts';
import { expectError } from '../testing/client.ts';
import { join, PASSWORD, type Somebody } from '../testing/people.ts';
import { STORES, startOn, type TestServer } from '../testing/servers.ts';

const SESSION = 'datamaker-session';

describe.each(STORES)('signing in, on the %s store', (kind) => {
  let server: TestServer;
  let owner: Client;
  let ada: Somebody;
  beforeAll(async () => {
    server = await startOn(kind);
    owner = server.client;
    ada = await join(owner, 'member');
  });
  afterAll(() => server?.close());
  const change = async (use: (store: Awaited<ReturnType<TestServer['openDatabase']>>) => Promise<unknown>) => {
    const store = await server.openDatabase();
    await use(store).finally(() => store.destroy());
  };
  const signIn = (email = ada.email, password = PASSWORD) =>
    new Browser(owner).send<{ session: { id: string } }>('POST', '/session', { email, password });

  it('gives a cookie that scripts and other sites do not get', async () => {
    const answer = await signIn(ada.email.toUpperCase());
    expect(answer).toMatchObject({ status: 201, body: { person: { id: ada.id }, session: { current: true } } });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(new RegExp(`^${SESSION}=dms_[\\w-]{43}; `));
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(answer.text).not.toContain('dms_');
  });

  it('gives one for TLS only, unless it is plain HTTP to this machine', async () => {
    const port = new URL(owner.url).port;
    const cookie = await new Promise<string>((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/session',
          headers: { host: 'data.example.org', 'content-type': 'application/json' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.headers['set-cookie']?.[0] ?? '');
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ email: ada.email, password: PASSWORD }));
    });
    expect(cookie).toMatch(new RegExp(`^__Host-${SESSION}=dms_`));
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).not.toMatch(/Domain/);
  });

  it('says who is there, and is over after signing out', async () => {
    const browser = new Browser(owner);
    await browser.send('POST', '/session', { email: ada.email, password: PASSWORD });
    expect(await browser.send('GET', '/session')).toMatchObject({
      status: 200,
      body: { person: { id: ada.id, role: 'member' }, credential: 'session', readOnly: false, projectId: null },
    });
    const kept = browser.cookie;
    expect((await browser.send('DELETE', '/session')).status).toBe(204);
    expect(browser.cookie).toBe('');
    expectError(await owner.as(undefined).get('/session', { cookie: kept }), 401, 'unauthorized');
    expectError(await owner.delete('/session'), 404, 'not_found');
  });

  it('tells a wrong password and an unknown address alike, in about the same work', async () => {
    const wrong = await signIn(ada.email, 'not the password');
    const unknown = await signIn('nobody@example.org', 'not the password');
    expectError(wrong, 401, 'invalid_credentials');
    expectError(unknown, 401, 'invalid_credentials');
    const shape = (text: string): string => text.replaceAll(/req_[\w-]+/g, '');
    expect(shape(unknown.text)).toBe(shape(wrong.text));
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()]);
    expectError(await signIn(ada.email, 'x'.repeat(300)), 422, 'validation_error');
    // The owner has no password yet.
    expectError(await signIn('', ''), 422, 'validation_error');
  });

  describe('with the cookie', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = new Browser(owner);
      await browser.send('POST', '/session', { email: ada.email, password: PASSWORD });
    });
    const create = (headers?: Readonly<Record<string, string>>) =>
      browser.send('POST', '/templates', { name: 'x', fields: [{ name: 'id', type: 'sequence' }] }, headers);

    it('changes something only from a page of the server', async () => {
      expect((await create()).status).toBe(201);
      const origin = new URL(owner.url).origin;
      expect((await create({ origin })).status).toBe(201);
      const before = (await owner.get<ListBody<unknown>>('/templates')).body.total;
      for (const headers of [
        {},
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'cross-site', origin },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${origin}.evil.example` },
        { origin: origin.replace(/\d+$/, '1') },
      ]) {
        expectError(await create(headers), 403, 'cross_site_request');
      }
      expect((await owner.get<ListBody<unknown>>('/templates')).body.total).toBe(before);
    });

    it('reads from anywhere, as links do', async () => {
      expect((await browser.send('GET', '/templates', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    });

    it('gives way to a key that is sent as well', async () => {
      const headers = { authorization: `Bearer ${ada.key}`, 'sec-fetch-site': 'cross-site' };
      expect((await create(headers)).status).toBe(201);
      expectError(await create({ authorization: 'Bearer nonsense-nonsense-nonsense' }), 401, 'unauthorized');
    });
  });

  it('is refused to pages of other sites', async () => {
    const body = { email: ada.email, password: PASSWORD };
    const answer = await new Browser(owner).send('POST', '/session', body, { 'sec-fetch-site': 'cross-site' });
    expectError(answer, 403, 'cross_site_request');
  });

  it('lasts until nobody has used it for a day, or for two weeks', async () => {
    for (const over of [
      { last_used_at: new Date(Date.now() - 25 * 3_600_000) },
      { expires_at: new Date(Date.now() - 1000) },
    ]) {
      const browser = new Browser(owner);
      const { body } = await browser.send<{ session: { id: string } }>('POST', '/session', {
        email: ada.email,
        password: PASSWORD,
      });
      expect((await browser.send('GET', '/session')).status).toBe(200);
      await change((store) => store.updateTable('session').set(over).where('id', '=', body.session.id).execute());
      expectError(await browser.send('GET', '/session'), 401, 'unauthorized');
    }
  });

  it('is in the audit with the session that it began', async () => {
    const { body } = await new Browser(owner).send<{ session: { id: string } }>('POST', '/session', {
      email: ada.email,
      password: PASSWORD,
    });
    const { id } = body.session;
    const { items } = (await owner.get<ListBody<object>>(`/audit?subject=${id}`)).body;
    expect(items).toMatchObject([{ action: 'session.begun', personId: ada.id, credentialId: id, subjectId: id }]);
  });

  it('is stored as a hash', async () => {
    const browser = new Browser(owner);
    await browser.send('POST', '/session', { email: ada.email, password: PASSWORD });
    const token = browser.cookie.split('=')[1] ?? '';
    await change(async (store) => {
      for (const table of ['session', 'person', 'audit_entry', 'sign_in_attempt'] as const) {
        const stored = JSON.stringify(await store.selectFrom(table).selectAll().execute());
        for (const secret of [token, Buffer.from(token).toString('hex'), PASSWORD])
          expect(stored).not.toContain(secret);
      }
    });
  });

  it('can be seen and ended from elsewhere', async () => {
    const bob = await join(owner, 'viewer');
    const [laptop, phone] = [new Browser(owner), new Browser(owner)];
    const body = { email: bob.email, password: PASSWORD };
    await laptop.send('POST', '/session', body);
    const lost = await phone.send<{ session: { id: string } }>('POST', '/session', body);
    const seen = await laptop.send<ListBody<{ id: string; current: boolean }>>('GET', '/sessions');
    expect(seen.body.items.map(({ current }) => current)).toEqual([false, true, false]);
    expect(seen.body.items[0]?.id).toBe(lost.body.session.id);
    expectError(await ada.browser.send('DELETE', `/sessions/${lost.body.session.id}`), 404, 'not_found');
    expect((await laptop.send('DELETE', `/sessions/${lost.body.session.id}`)).status).toBe(204);
    expectError(await phone.send('GET', '/session'), 401, 'unauthorized');
    expect((await laptop.send('DELETE', '/sessions')).status).toBe(204);
    expectError(await bob.browser.send('GET', '/session'), 401, 'unauthorized');
    expect((await laptop.send('GET', '/session')).status).toBe(200);
  });

  describe('with a password', () => {
    it('that the owner has set with the key of the first start', async () => {
      const email = 'owner@example.org';
      const password = 'the owner sets this one';
      expectError(await owner.post('/people/me/password', { password }), 422, 'validation_error');
      expectError(await owner.post('/people/me/password', { email, password: 'short' }), 422, 'validation_error');
      expect((await owner.post('/people/me/password', { email, password })).status).toBe(204);
      expect((await signIn(email, password)).status).toBe(201);
      expectError(await owner.post('/people/me/password', { email: ada.email, password }), 409, 'conflict');
    });

    it('that no key with scopes or an end sets, nor makes people who outlast it', async () => {
      const soon = new Date(Date.now() + 600_000).toISOString();
      const eve = await join(owner, 'viewer');
      for (const limit of [{ scopes: ['read', 'admin'] }, { expiresAt: soon }]) {
        const { body } = await owner.post<{ key: string }>('/keys', { name: 'limited', ...limit });
        const limited = owner.as(body.key);
        const password = 'a password of the thief';
        const tries = [
          limited.post('/people/me/password', { email: 'thief@example.org', password }),
          limited.post('/invites', { role: 'viewer' }),
          limited.patch(`/people/${eve.id}`, { role: 'member' }),
        ];
        for (const answer of await Promise.all(tries)) expectError(answer, 403, 'forbidden');
        expectError(await signIn('thief@example.org', password), 401, 'invalid_credentials');
      }
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
    });

    it('that is changed by whoever knows it, which ends other sessions', async () => {
      const bob = await join(owner, 'viewer');
      const other = new Browser(owner);
      await other.send('POST', '/session', { email: bob.email, password: PASSWORD });
      const next = 'another long password';
      const set = (body: object) => bob.browser.send('POST', '/people/me/password', body);
      expectError(await set({ password: next }), 401, 'invalid_credentials');
      expectError(await set({ password: next, currentPassword: 'wrong' }), 401, 'invalid_credentials');
      expect((await set({ password: next, currentPassword: PASSWORD })).status).toBe(204);
      expect((await bob.browser.send('GET', '/session')).status).toBe(200);
      expectError(await other.send('GET', '/session'), 401, 'unauthorized');
      expectError(await signIn(bob.email, PASSWORD), 401, 'invalid_credentials');
      expect((await signIn(bob.email, next)).status).toBe(201);
    });

    it('that is changed as often as somebody knows it: only wrong tries count', async () => {
      const eve = await join(owner, 'viewer');
      for (let time = 0; time < 11; time++) {
        const body = { password: PASSWORD, currentPassword: PASSWORD };
        expect((await eve.browser.send('POST', '/people/me/password', body)).status).toBe(204);
      }
    });

    it('can be tried ten times, also when all come at once and whoever asks', async () => {
      for (const email of [(await join(owner, 'viewer')).email, 'unknown@example.org']) {
        await change((store) => store.deleteFrom('sign_in_attempt').execute());
        const answers = await Promise.all(Array.from({ length: 14 }, () => signIn(email, 'not the password')));
        const statuses = answers.map(({ status }) => status).toSorted();
        expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
        const late = await signIn(email);
        expectError(late, 429, 'rate_limited');
        const wait = Number(late.headers.get('retry-after'));
        expect(wait).toBeGreaterThan(800);
        expect(wait).toBeLessThanOrEqual(900);
      }
      await change((store) =>
        store
          .updateTable('sign_in_attempt')
          .set({ at: new Date(Date.now() - 901_000) })
          .execute(),
      );
      expect((await signIn()).status).toBe(201);
    });

    it('can be tried by its owner while somebody elsewhere tries it, until they have come from ten addresses', async () => {
      const { email } = await join(owner, 'viewer');
      const tryFrom = async (localAddress: string, password: string): Promise<number | undefined> => {
        const url = new URL('/session', owner.url);
        const asked = request(url, { method: 'POST', localAddress, headers: { 'content-type': 'application/json' } });
        asked.end(JSON.stringify({ email, password }));
        const [answer] = (await once(asked, 'response')) as [IncomingMessage];
        answer.resume();
        return answer.statusCode;
      };
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
      for (let time = 0; time < 12; time++)
        expect(await tryFrom('127.0.0.2', 'not the password')).toBe(time < 10 ? 401 : 429);
      expect(await tryFrom('127.0.0.2', PASSWORD)).toBe(429);
      expect(await tryFrom('127.0.0.1', PASSWORD)).toBe(201);
      const most = 10;
      for (let host = 2; host < 2 + most; host++) {
        const wrong = await Promise.all(
          Array.from({ length: 10 }, () => tryFrom(`127.0.1.${host}`, 'not the password')),
        );
        expect(new Set(wrong)).toEqual(new Set([401]));
      }
      expect(await tryFrom('127.0.0.1', PASSWORD)).toBe(429);
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
    });

    it('can be tried as often again when the right one has come', async () => {
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
      const { email } = await join(owner, 'viewer');
      for (let round = 0; round < 2; round++) {
        const wrong = await Promise.all(Array.from({ length: 9 }, () => signIn(email, 'not the password')));
        expect(wrong.map(({ status }) => status)).toEqual(Array(9).fill(401));
        expect((await signIn(email, PASSWORD)).status).toBe(201);
      }
    });

    it('can be tried fifty times from where the connection comes from, whatever the accounts, and whatever headers say', async () => {
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
      const forged = (address: string) => ({
        'x-forwarded-for': address,
        'x-real-ip': address,
        'true-client-ip': address,
        'cf-connecting-ip': address,
        forwarded: `for=${address}`,
      });
      const answers = await Promise.all(
        Array.from({ length: 54 }, (_, index) => {
          const body = { email: `nobody-${index}@example.org`, password: 'x' };
          return server.client.as(undefined).post('/session', body, forged(`203.0.113.${index}`));
        }),
      );
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
      await change((store) => store.deleteFrom('sign_in_attempt').execute());
    });
  });
});
