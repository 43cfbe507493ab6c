import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addWorkspace, removeWorkspace } from '../operate-workspaces.ts';
import { startServer } from '../start-server.ts';
import { connect, type Store } from '../store/open-store.ts';
import { Browser } from '../testing/browser.ts';
import { Client, expectError } from '../testing/client.ts';
import { bundle, bundledLocation, quietly, removeFolder, temporaryFolder } from '../testing/servers.ts';

interface Account {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** Follows redirects as a browser does, with the cookies of each host. @returns the last URL and its answer */
class Jar {
  readonly #cookies = new Map<string, Map<string, string>>();

  cookieOf(url: string): string {
    return [...(this.#cookies.get(new URL(url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(url: string): Promise<{ url: string; response: Response }> {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookieOf(url) } });
    const { host } = new URL(url);
    const own = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, own);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') own.delete(name);
      else own.set(name, value);
    }
    return { url, response };
  }

  /** @param stop the first URL that is not asked for */
  async follow(
    url: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<{ url: string; response: Response }> {
    let last = await this.get(url);
    for (let steps = 0; steps < 12; steps++) {
      const location = last.response.headers.get('location');
      if (location === null || (last.response.status === 303 && last.url.includes('/callback'))) return last;
      const next = new URL(location, last.url).href;
      if (stop(next)) return { url: next, response: last.response };
      last = await this.get(next);
    }
    throw new Error('too many redirects');
  }
}

describe('signing in by OpenID Connect', () => {
  const folder = temporaryFolder();
  let account: Account;
  let listener: Server;
  let server: Awaited<ReturnType<typeof startServer>>;
  let owner: Client;
  let store: Store;
  /** Where those who are new come into, by the domain of their address. */
  const workspaces = new Map<string, string>();

  beforeAll(async () => {
    listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const domains = new Map([
      ['example.org', 'member' as const],
      ['example.com', 'viewer' as const],
    ]);
    const oidc = { issuer, clientId: 'datamaker', clientSecret: 'a secret of the client', domains, workspaces };
    await bundle(folder);
    server = await startServer(quietly({ dataDirectory: folder, oidc }));
    owner = new Client(server.url, server.newKey);
    store = connect(bundledLocation(folder), () => undefined);
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: oidc.clientId,
          client_secret: oidc.clientSecret,
          redirect_uris: [`${server.url}/session/oidc/callback`],
        },
      ],
      claims: { email: ['email', 'email_verified'], profile: ['name'] },
      pkce: { required: () => true },
      cookies: { keys: ['a key'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...account, sub }) }),
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    });
    provider.on('server_error', (_context, error) => console.error(error));
    const answer = provider.callback();
    listener.on('request', async (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      // Whoever comes is signed in as the account at hand, and agrees to everything.
      const { params, session, prompt } = await provider.interactionDetails(request, response);
      if (prompt.name === 'login') {
        return provider.interactionFinished(request, response, { login: { accountId: account.sub } });
      }
      const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
      grant.addOIDCScope('openid email profile');
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    });
  });
  afterAll(async () => {
    await store?.destroy();
    await server?.close();
    listener?.closeAllConnections();
    listener?.close();
    removeFolder(folder);
  });
  beforeEach(() => {
    account = { sub: 'ada', email: 'Ada@Example.org', email_verified: true, name: 'Ada' };
  });

  const signIn = (jar = new Jar()) => jar.follow(`${server.url}/session/oidc`);
  const identityOf = async (jar: Jar) => {
    const response = await fetch(`${server.url}/session`, { headers: { cookie: jar.cookieOf(server.url) } });
    return (await response.json()) as { person: { id: string; email: string; role: string } };
  };
  const codeOf = async (answer: { response: Response }): Promise<string> =>
    ((await answer.response.json()) as { error: { code: string } }).error.code;

  it('makes somebody new a person, with the role of the domain, and knows them again', async () => {
    const jar = new Jar();
    const { url, response } = await signIn(jar);
    expect([new URL(url).pathname, response.status]).toEqual(['/session/oidc/callback', 303]);
    expect(response.headers.get('location')).toBe('/');
    const { person } = await identityOf(jar);
    expect(person).toMatchObject({ email: 'ada@example.org', name: 'Ada', role: 'member' });
    expect(jar.cookieOf(server.url)).not.toContain('datamaker-oidc');
    // By what the provider calls them, whatever their address is by now.
    account = { ...account, email: 'lovelace@example.org' };
    const again = new Jar();
    await signIn(again);
    expect((await identityOf(again)).person.id).toBe(person.id);
  });

  it('knows whoever was invited by their address', async () => {
    const { body: invite } = await owner.post<{ token: string }>('/invites', { role: 'admin' });
    const newcomer = { name: 'Grace', email: 'grace@example.com', password: 'a long enough password' };
    await new Browser(owner).send('POST', `/invites/${invite.token}/accept`, newcomer);
    account = { sub: 'grace', email: 'grace@example.com', email_verified: true };
    const jar = new Jar();
    await signIn(jar);
    expect((await identityOf(jar)).person).toMatchObject({ email: 'grace@example.com', role: 'admin' });
    // The address belongs to that account of the provider from now on.
    account = { ...account, sub: 'another grace' };
    expect(await codeOf(await signIn())).toBe('forbidden');
  });

  it.each([
    ['another domain', { sub: 'a', email: 'a@elsewhere.org', email_verified: true }],
    ['a domain that only ends like one', { sub: 'b', email: 'b@evil-example.org', email_verified: true }],
    ['an address with two signs', { sub: 'c', email: 'c@elsewhere.org@example.org', email_verified: true }],
    ['an address that is not confirmed', { sub: 'd', email: 'd@example.org', email_verified: false }],
    ['no address', { sub: 'e' }],
  ])('lets nobody in with %s', async (_, other) => {
    account = other;
    const answer = await signIn();
    expect(answer.response.status).toBe(403);
    expect(await codeOf(answer)).toBe('forbidden');
  });

  it('lets nobody back in who was removed', async () => {
    account = { sub: 'eve', email: 'eve@example.org', email_verified: true };
    const jar = new Jar();
    await signIn(jar);
    const { person } = await identityOf(jar);
    expect((await owner.delete(`/people/${person.id}`)).status).toBe(204);
    expect(await codeOf(await signIn())).toBe('forbidden');
    expect(await codeOf(await signIn(jar))).toBe('forbidden');
  });

  it('lets nobody in under the address of somebody who was removed', async () => {
    const { body: invite } = await owner.post<{ token: string }>('/invites', { role: 'member' });
    const newcomer = { name: 'Mallory', email: 'mallory@example.org', password: 'a long enough password' };
    const path = `/invites/${invite.token}/accept`;
    const joined = await new Browser(owner).send<{ person: { id: string } }>('POST', path, newcomer);
    expect((await owner.delete(`/people/${joined.body.person.id}`)).status).toBe(204);
    // The provider has never been asked about them before.
    account = { sub: 'mallory', email: 'Mallory@example.org', email_verified: true };
    expect(await codeOf(await signIn())).toBe('forbidden');
  });

  it('brings those who are new into the workspace of their domain, or that of all others', async () => {
    const place = { dataDirectory: folder };
    const [teamB, teamC] = [await addWorkspace(place, { name: 'B' }), await addWorkspace(place, { name: 'C' })];
    const workspaceOf = async (sub: string, email: string): Promise<string | undefined> => {
      account = { sub, email, email_verified: true };
      await signIn();
      const found = await store.selectFrom('person').where('subject', '=', sub).select('workspace_id').execute();
      return found[0]?.workspace_id;
    };
    const first = await workspaceOf('of-nowhere', 'of-nowhere@example.org');
    expect([teamB.id, teamC.id, undefined]).not.toContain(first);
    workspaces.set('example.com', teamB.id);
    expect(await workspaceOf('of-b', 'of-b@example.com')).toBe(teamB.id);
    expect(await workspaceOf('of-first', 'of-first@example.org')).toBe(first);
    workspaces.set('', teamC.id);
    expect(await workspaceOf('of-c', 'of-c@example.org')).toBe(teamC.id);
    // Who is known stays where they are.
    expect(await workspaceOf('of-first', 'of-first@example.org')).toBe(first);
    await removeWorkspace(place, teamB.id, async ({ name }) => name);
    account = { sub: 'late', email: 'late@example.com', email_verified: true };
    expect(await codeOf(await signIn())).toBe('forbidden');
    workspaces.clear();
  });

  it('is finished by the browser that began, once, and with what it began with', async () => {
    const isCallback = (url: string): boolean => url.includes('/session/oidc/callback');
    const mine = new Jar();
    const { url } = await mine.follow(`${server.url}/session/oidc`, isCallback);
    // Somebody else’s browser is sent there: no cookie, or one of another attempt.
    expect(await codeOf(await new Jar().get(url))).toBe('invalid_credentials');
    const other = new Jar();
    await other.follow(`${server.url}/session/oidc`, isCallback);
    expect(await codeOf(await other.get(url))).toBe('invalid_credentials');
    const forged = new URL(url);
    forged.searchParams.set('state', 'x');
    expect(await codeOf(await mine.get(forged.href))).toBe('invalid_credentials');
    expect(await codeOf(await mine.get(`${server.url}/session/oidc/callback?error=access_denied`))).toBe(
      'invalid_credentials',
    );
    const fresh = new Jar();
    const begun = await fresh.follow(`${server.url}/session/oidc`, isCallback);
    const kept = fresh.cookieOf(server.url);
    expect((await fresh.get(begun.url)).response.status).toBe(303);
    const replayed = await fetch(begun.url, { redirect: 'manual', headers: { cookie: kept } });
    expect(replayed.status).toBe(401);
  });

  it('asks with PKCE, state and nonce, and tells the secret nobody', async () => {
    const response = await fetch(`${server.url}/session/oidc`, { redirect: 'manual' });
    const asked = new URL(response.headers.get('location') ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{40,}$/);
    expect(asked.get('redirect_uri')).toBe(`${server.url}/session/oidc/callback`);
    expect(`${response.headers.get('set-cookie')}${asked}`).not.toContain('secret');
  });

  it('is not to be had on a server that knows no provider', async () => {
    const other = temporaryFolder();
    await bundle(other);
    const bare = await startServer(quietly({ dataDirectory: other }));
    expectError(await new Client(bare.url, undefined).get('/session/oidc'), 404, 'not_found');
    await bare.close();
    removeFolder(other);
  });
});
