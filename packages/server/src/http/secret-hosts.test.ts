import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../security/permissions.ts';
import { MAX_HOSTS } from '../services/secrets/host-limit.ts';
import { all, Talk, talkingTo } from '../testing/chats.ts';
import { type Answer, type Client, expectError, type ListBody } from '../testing/client.ts';
import { connectClient } from '../testing/mcp/connect-client.ts';
import { join } from '../testing/people.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { type ScriptedModel, startScriptedModel } from '../testing/scripted-model.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface SecretBody {
  readonly id: string;
  readonly version: number;
  readonly hosts: readonly string[];
}
interface ConnectionBody {
  readonly id: string;
  readonly url: string;
  readonly version: number;
  readonly secretHostsAdded?: readonly string[];
  readonly verification: { readonly status: string };
}
interface ActBody {
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const VALUE = 'canary-of-the-secret';
/** Has a script make a connection, and says what it is told. */
const SCRIPT = `
import http.client, json, os, socket
class Way(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(os.environ["DM_BROKER_SOCKET"])
way = Way("x")
way.request("POST", "/connections", os.environ["DM_PARAMS"],
            {"Authorization": "Bearer " + os.environ["DM_RUN_TOKEN"], "Content-Type": "application/json"})
print("told", json.loads(way.getresponse().read())["error"]["code"])
`;

/** A system that notes who asks it. */
class Host {
  readonly told: string[] = [];
  /** Done once before the next answer. */
  before: (() => Promise<unknown>) | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      this.told.push(JSON.stringify(request.headers));
      const { before } = this;
      this.before = undefined;
      await before?.();
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get entry(): string {
    return `127.0.0.1:${this.port}`;
  }

  open = (): Promise<void> => new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  close = (): void => void this.#server.close();
}

let model: ScriptedModel;
let server: TestServer;
let owner: Client;
const [good, thief] = [new Host(), new Host()];
beforeAll(async () => {
  await Promise.all([good.open(), thief.open()]);
  model = await startScriptedModel();
  server = await startOn('bundled', {
    ...talkingTo(model),
    privateTargets: ['127.0.0.1'],
    sandbox: new PlainSandbox(),
    environments: { preinstalled: false },
  });
  owner = server.client;
});
afterAll(async () => {
  for (const one of [good, thief]) one.close();
  await server?.close();
  await model?.close();
});

let made = 0;
const secret = async (more: object = {}): Promise<SecretBody> => {
  const { status, body, text } = await owner.post<SecretBody>('/secrets', {
    name: `S_${++made}`,
    value: VALUE,
    ...more,
  });
  expect({ status, text }).toMatchObject({ status: 201 });
  return body;
};
const hostsOf = async (id: string): Promise<readonly string[]> =>
  (await owner.get<SecretBody>(`/secrets/${id}`)).body.hosts;
const bodyOf = (ref: string, url = good.url) => ({
  ...{ name: `connection ${++made}`, type: 'rest', url, options: { retries: 0 } },
  auth: { type: 'bearer', secret_ref: ref },
});
const connect = (client: Client, ref: string, url = good.url): Promise<Answer<ConnectionBody>> =>
  client.post<ConnectionBody>('/connections', bodyOf(ref, url));
const keyFor = async (scopes: readonly Scope[] | undefined, more: object = {}): Promise<string> =>
  (await owner.post<{ key: string }>('/keys', { name: `k ${++made}`, ...(scopes && { scopes }), ...more })).body.key;
const actsOf = async (id: string): Promise<readonly ActBody[]> =>
  (await owner.get<ListBody<ActBody>>(`/audit?subject=${id}`)).body.items.toReversed();
/** That nothing was told to whom nothing is meant for. */
const expectKept = (): void => expect(thief.told.join()).not.toContain(VALUE);

describe('a secret goes only to hosts that it is meant for', () => {
  it('which whoever may set it says by naming them, as the answer and the audit tell', async () => {
    const { id, hosts } = await secret();
    expect(hosts).toEqual([]);
    const { status, body } = await connect(owner, id);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { secretHostsAdded: [good.entry], verification: { status: 'verified' } },
    });
    expect(good.told.at(-1)).toContain(`Bearer ${VALUE}`);
    expect(await hostsOf(id)).toEqual([good.entry]);
    expect((await actsOf(id)).at(-1)).toMatchObject({
      action: 'secret.changed',
      details: { changed: ['hosts'], added: [good.entry], connection: body.id },
    });
    expect((await actsOf(body.id))[0]?.details).toMatchObject({ hostsAdded: [good.entry] });
    const again = await connect(owner, id);
    expect(again.body).not.toHaveProperty('secretHostsAdded');
    const { body: read } = await owner.get<ConnectionBody>(`/connections/${body.id}`);
    expect(read).not.toHaveProperty('secretHostsAdded');
    const moved = await owner.patch<ConnectionBody>(`/connections/${body.id}`, {
      url: `http://localhost.:${good.port}`,
    });
    expect(moved.body).toMatchObject({ secretHostsAdded: [`localhost:${good.port}`] });
    const member = await join(owner, 'member');
    const own = await secret();
    const { body: byBrowser } = await member.browser.send<ConnectionBody>('POST', '/connections', bodyOf(own.id));
    expect(byBrowser).toMatchObject({ secretHostsAdded: [good.entry] });
  });

  it('and no restricted key leads it elsewhere, by a new connection or by another address', async () => {
    const { id } = await secret({ hosts: [good.entry] });
    const narrow = owner.as(await keyFor(['read', 'push', 'run']));
    const fine = await connect(narrow, id);
    expect({ status: fine.status, body: fine.body }).toMatchObject({
      status: 201,
      body: { verification: { status: 'verified' } },
    });
    const { total } = (await owner.get<ListBody<object>>('/connections')).body;
    const tokens = { type: 'oauth2_client_credentials', client_id: 'me', secret_ref: id };
    const wrong: readonly (readonly [string, string, object])[] = [
      ['rest', thief.url, { type: 'bearer', secret_ref: id }],
      ['rest', thief.url, { type: 'basic', username: 'me', secret_ref: id }],
      ['rest', thief.url, { type: 'api_key', name: 'x', secret_ref: id }],
      ['rest', good.url, { ...tokens, token_url: `${thief.url}/token` }],
      ['rest', thief.url, { ...tokens, token_url: `${good.url}/token` }],
      ['sap_odata', '/sap', { ...tokens, type: 'destination', name: 'X', service_url: good.url, token_url: thief.url }],
      ['sap_odata', '/sap', { ...tokens, type: 'destination', name: 'X', service_url: thief.url, token_url: good.url }],
      ['mongodb', `mongodb://${good.entry},${thief.entry}/shop`, { type: 'basic', username: 'me', secret_ref: id }],
      ['mongodb', 'mongodb+srv://cluster.example.org/shop', { type: 'basic', username: 'me', secret_ref: id }],
      ['postgres', `postgres://${thief.entry}/shop`, { type: 'basic', username: 'me', secret_ref: id }],
      ['mysql', `mysql://${thief.entry}/shop`, { type: 'basic', username: 'me', secret_ref: id }],
      ['postgres', `postgres://127.0.0.1/shop`, { type: 'basic', username: 'me', secret_ref: id }],
    ];
    for (const [type, url, auth] of wrong) {
      const answer = await narrow.post('/connections', { name: `wrong ${++made}`, type, url, auth });
      expect([type, url, expectError(answer, 403, 'secret_not_for_host')]).toMatchObject([
        type,
        url,
        [{ code: 'secret_not_for_host', pointer: '/auth/secret_ref', hint: expect.stringContaining(`/secrets/${id}`) }],
      ]);
      expect(answer.text).not.toContain(VALUE);
    }
    expect((await owner.get<ListBody<object>>('/connections')).body.total).toBe(total);
    const path = `/connections/${fine.body.id}`;
    for (const change of [
      { url: thief.url },
      { url: thief.url, auth: { type: 'bearer', secret_ref: id } },
      { auth: { ...tokens, token_url: thief.url } },
    ]) {
      expectError(await narrow.patch(path, change), 403, 'secret_not_for_host');
    }
    expect((await owner.get<ConnectionBody>(path)).body).toMatchObject({ version: 1, url: good.url });
    expect((await narrow.patch<ConnectionBody>(path, { url: `${good.url}/deeper` })).status).toBe(200);
    expectError(await narrow.patch(`/secrets/${id}`, { hosts: [thief.entry] }), 403, 'forbidden');
    expect(await hostsOf(id)).toEqual([good.entry]);
    expectKept();
  });

  it('however a host is written', async () => {
    const { id } = await secret({ hosts: [good.entry, `LOCALHOST.:${good.port}`, 'BÜCHER.example'] });
    expect(await hostsOf(id)).toEqual([good.entry, `localhost:${good.port}`, 'xn--bcher-kva.example']);
    const narrow = owner.as(await keyFor(['read', 'push']));
    const at = (host: string): string => `http://${host}:${good.port}`;
    for (const url of [
      ...[at('127.0.0.1'), at('127.1'), at('0x7f.0.0.1'), at('[::ffff:127.0.0.1]'), at('[0:0:0:0:0:FFFF:7f00:1]')],
      ...[
        at('localhost'),
        at('LocalHost'),
        at('localhost.'),
        'https://bücher.example',
        'http://XN--BCHER-KVA.example.:81',
      ],
    ]) {
      expect([url, (await connect(narrow, id, url)).status]).toEqual([url, 201]);
    }
    for (const url of [
      ...['http://127.0.0.1', at('127.0.0.2'), at('[::1]'), at('localhost.localhost'), at('xlocalhost')],
      ...['https://x.bücher.example', 'https://bücher.example.org', `http://good@127.0.0.2:${good.port}/`],
    ]) {
      expect([url, (await connect(narrow, id, url)).status]).toEqual([url, 403]);
    }
  });

  it('nor does a member lead one of the whole workspace elsewhere, nor a key of one project', async () => {
    const { id } = await secret({ reach: 'workspace' });
    const [member, admin] = [await join(owner, 'member'), await join(owner, 'admin')];
    const refused = await connect(member.client, id, thief.url);
    expect(expectError(refused, 403, 'secret_not_for_host')).toMatchObject([
      { hint: expect.stringMatching(/^an administrator of the workspace, /) },
    ]);
    const { body } = await owner.get<{ items: { id: string }[] }>('/projects');
    const oneProject = owner.as(await keyFor(undefined, { projectId: body.items[0]?.id }));
    expectError(await connect(oneProject, id, thief.url), 403, 'secret_not_for_host');
    expectKept();
    expect((await connect(admin.client, id)).body.secretHostsAdded).toEqual([good.entry]);
    expect((await connect(member.client, id)).status).toBe(201);
  });

  it('nor a client of MCP, with whatever key', async () => {
    const { id } = await secret({ hosts: [good.entry] });
    const client = await connectClient(owner.url, server.key, '2026');
    const call = (url: string) => client.callTool({ name: 'create_connection', arguments: bodyOf(id, url) });
    expect(JSON.stringify(await call(thief.url))).toContain('secret_not_for_host');
    expect(await call(good.url)).toMatchObject({ structuredContent: { data: { status: 'verified' } } });
    expect(await hostsOf(id)).toEqual([good.entry]);
    expectKept();
    await client.close();
  });

  it('nor the agent of a chat, whoever speaks', async () => {
    const { id } = await secret({ hosts: [good.entry] });
    await owner.send('PUT', '/agent/permissions/create_connection', { permission: 'allow' });
    const risks = ['read', 'generate', 'write', 'outbound_or_destructive'];
    const say = async (url: string) => {
      model.follow([{ calls: [{ name: 'create_connection', input: bodyOf(id, url) }] }, { text: 'done' }]);
      const talk = await Talk.begin(owner, server.key, { permits: { risks } });
      return all(await talk.say('connect'), 'result');
    };
    expect(await say(thief.url)).toMatchObject([{ ok: false, error: { code: 'secret_not_for_host' } }]);
    expect(await say(good.url)).toMatchObject([{ tool: 'create_connection', ok: true }]);
    expect(await hostsOf(id)).toEqual([good.entry]);
    expectKept();
  });

  it('nor a script, whoever runs it', async () => {
    const { id } = await secret({ hosts: [good.entry] });
    const { body: scenario } = await owner.post<{ id: string }>('/scenarios', { name: 'thief', code: SCRIPT });
    const started = await owner.post<{ run_id: string }>(`/scenarios/${scenario.id}/run`, {
      params: bodyOf(id, thief.url),
    });
    const path = `/scenarios/${scenario.id}/runs/${started.body.run_id}`;
    expect((await owner.get(`${path}?wait=true`)).body).toMatchObject({ state: 'done' });
    expect((await owner.get(`${path}/logs`)).text).toContain('told secret_not_for_host');
    expect(await hostsOf(id)).toEqual([good.entry]);
  });

  it('as the list is when it is opened', async () => {
    const { id } = await secret();
    const { body: connection } = await connect(owner, id);
    const path = `/connections/${connection.id}`;
    const set = (hosts: readonly string[]) => owner.patch<SecretBody>(`/secrets/${id}`, { hosts });
    const before = good.told.length;
    expect((await set([])).body).toMatchObject({ hosts: [], version: 1 });
    expect((await actsOf(id)).at(-1)?.details).toMatchObject({ changed: ['hosts'], added: [], removed: [good.entry] });
    expectError(await owner.post(`${path}/verify`, {}), 403, 'secret_not_for_host');
    expectError(await owner.get(`${path}/rows?table=x`), 403, 'secret_not_for_host');
    expectError(await owner.post(`${path}/rows`, { rows: [{ a: 1 }], table: 'x' }), 403, 'secret_not_for_host');
    expectError(await owner.post(`${path}/fetch`, { set: 'x', table: 'x' }), 403, 'secret_not_for_host');
    const template = await owner.create([{ name: 'a', type: 'sequence' }]);
    const pushed = await owner.post(`${path}/push`, { template_id: template, count: 1, table: 'x' });
    expectError(pushed, 403, 'secret_not_for_host');
    // Who says nothing of where it leads brings nothing back.
    expectError(await owner.patch(path, { options: { retries: 1 } }), 403, 'secret_not_for_host');
    expect((await owner.patch(path, { name: `renamed ${++made}` })).status).toBe(200);
    expect(good.told).toHaveLength(before);
    await set(['*.example.org', good.entry]);
    expect((await owner.post<ConnectionBody>(`${path}/verify`, {})).body.verification.status).toBe('verified');
    // Another value leaves the hosts, and both may come at once.
    expect((await owner.patch<SecretBody>(`/secrets/${id}`, { value: 'other' })).body).toMatchObject({
      version: 2,
      hosts: ['*.example.org', good.entry],
    });
    const both = await owner.patch<SecretBody>(`/secrets/${id}`, { value: 'third', hosts: [thief.entry] });
    expect(both.body).toMatchObject({ version: 3, hosts: [thief.entry] });
    expectError(await owner.post(`${path}/verify`, {}), 403, 'secret_not_for_host');
    await owner.delete(path);
    expect((await owner.post(`${path}/restore`, {})).status).toBe(200);
    expectError(await owner.post(`${path}/verify`, {}), 403, 'secret_not_for_host');
  });

  it('and not by what is open already, but by whatever is opened next', async () => {
    const { id } = await secret();
    const { body: connection } = await connect(owner, id);
    good.before = () => owner.patch(`/secrets/${id}`, { hosts: [] });
    const rows = `/connections/${connection.id}/rows?table=x`;
    expect((await owner.get(rows)).status).toBe(200);
    expect(good.before).toBeUndefined();
    expectError(await owner.get(rows), 403, 'secret_not_for_host');
  });

  it('and what is no host is in no list', async () => {
    const { id } = await secret();
    for (const hosts of [['https://example.org'], ['*'], ['*.org'], ['a/b'], ['a:0'], [7], ['x'.repeat(301)], 'a']) {
      const [found] = expectError(await owner.patch(`/secrets/${id}`, { hosts }), 422, 'validation_error');
      expect(found?.pointer).toMatch(/^\/hosts/);
      expectError(await owner.post('/secrets', { name: 'NONE', value: VALUE, hosts }), 422, 'validation_error');
    }
    expect(expectError(await owner.patch(`/secrets/${id}`, {}), 422, 'validation_error')).toMatchObject([
      { code: 'nothing_to_change' },
    ]);
    const twice = await owner.patch<SecretBody>(`/secrets/${id}`, { hosts: ['a.org', 'A.ORG.', 'b.org'] });
    expect(twice.body.hosts).toEqual(['a.org', 'b.org']);
    const most = Array.from({ length: MAX_HOSTS }, (_, at) => `h${at}.example.org`);
    expectError(await owner.patch(`/secrets/${id}`, { hosts: [...most, 'z.org'] }), 422, 'validation_error');
    await owner.patch(`/secrets/${id}`, { hosts: most });
    expect(expectError(await connect(owner, id), 409, 'conflict')).toMatchObject([{ code: 'too_many_hosts' }]);
    // One that has more from before there was a limit may lose some, and get none.
    const more = [...most, 'y.org', 'z.org'];
    const store = await server.openDatabase();
    await sql`UPDATE secret SET hosts = ${more} WHERE id = ${id}`.execute(store).finally(() => store.destroy());
    const added = await owner.patch(`/secrets/${id}`, { hosts: [...most, 'x.org'] });
    expect(expectError(added, 422, 'validation_error')).toMatchObject([{ code: 'too_many_hosts', pointer: '/hosts' }]);
    expect((await owner.patch<SecretBody>(`/secrets/${id}`, { hosts: more.slice(1) })).body.hosts).toEqual(
      more.slice(1),
    );
    expect(await hostsOf(id)).toEqual(more.slice(1));
  });

  it('also when many name hosts at once', async () => {
    const { id } = await secret();
    const names = Array.from({ length: 6 }, (_, at) => `h${at}.invalid`);
    const answers = await Promise.all(names.map((name) => connect(owner, id, `https://${name}`)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect([...(await hostsOf(id))].sort()).toEqual(names.map((name) => `${name}:443`));
  });
});
