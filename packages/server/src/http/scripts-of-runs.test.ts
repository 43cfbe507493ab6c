import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../connectors/src/testing/start-postgres.ts';
import type { Client } from '../testing/client.ts';
import { join } from '../testing/people.ts';
import { PlainSandbox } from '../testing/plain-sandbox.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import { routesOfApp } from '../testing/routes-of-app.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';
import { isForScripts } from './refuse-scripts.ts';

interface RunBody {
  readonly run_id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly logs_url: string;
}

/** Asks by whatever is given, past the package. */
const ASK = `
import http.client, json, os, socket, sys, time
class Way(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("x")
        self.path = path
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)
def ask(method, path, body=None, token=os.environ["DM_RUN_TOKEN"], at=os.environ["DM_BROKER_SOCKET"], headers={}):
    try:
        way = Way(at)
        way.request(method, path, None if body is None else json.dumps(body),
                    {"Authorization": "Bearer " + token, "Content-Type": "application/json", **headers})
        answer = way.getresponse()
        return answer.status, answer.read().decode()
    except OSError as error:
        return type(error).__name__, ""
`;

let database: PostgresServer;
let rest: RestTarget;
beforeAll(async () => {
  [database, rest] = await Promise.all([startPostgres(), startRestTarget()]);
});
afterAll(async () => {
  await Promise.all([database?.stop(), rest?.stop()]);
});

describe.each(A_STORE)('scripts of runs (%s store)', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind, {
      privateTargets: ['127.0.0.1'],
      sandbox: new PlainSandbox(),
      runs: { scenarioWorkers: 3 },
    });
    client = server.client;
    const url = `postgres://test:${encodeURIComponent(database.password)}@127.0.0.1:${database.port}/postgres`;
    await client.post('/connections', { name: 'shop', type: 'postgres', url });
    await client.post('/connections', {
      name: 'orders',
      type: 'rest',
      url: `${rest.url}api/`,
      options: { mode: 'row' },
    });
    await client.post('/templates', { name: 'person', fields: [{ name: 'id', type: 'sequence' }] });
    await database.query('DROP TABLE IF EXISTS people; CREATE TABLE people (id integer PRIMARY KEY)');
  });
  afterAll(() => server?.close());

  const begin = async (code: string, params: object = {}, by = client): Promise<{ path: string; run: RunBody }> => {
    const { body: made } = await client.post('/scenarios', { name: 'script', code });
    const { body: run } = await by.post<RunBody>(`/scenarios/${made.id}/run`, { params });
    return { path: `/scenarios/${made.id}/runs/${run.run_id}`, run };
  };
  const logOf = async (path: string): Promise<string> => (await client.get(`${path}/logs`)).text;
  const run = async (code: string, params: object = {}, by = client): Promise<{ state: string; log: string }> => {
    const { path } = await begin(code, params, by);
    const { body } = await client.get<RunBody>(`${path}?wait=true`);
    return { state: body.state, log: await logOf(path) };
  };
  it('may nothing more when the key is revoked that it was started with', async () => {
    const { body: key } = await client.post<{ id: string; key: string }>('/keys', { name: 'revoked' });
    const code = `${ASK}
print(ask("GET", "/templates")[0], flush=True)
while (status := ask("GET", "/templates")[0]) == 200:
    time.sleep(0.05)
print("then", status)`;
    const { path } = await begin(code, {}, client.as(key.key));
    await until(async () => (await logOf(path)).includes('200'));
    expect((await client.delete(`/keys/${key.id}`)).status).toBe(204);
    await until(async () => (await logOf(path)).includes('then 401'));
  });

  it('acts for no more than the key is for that it was started with', async () => {
    const { body } = await client.post<{ key: string }>('/keys', { name: 'runner', scopes: ['read', 'run'] });
    const { log } = await run(
      `${ASK}
print(ask("GET", "/templates")[0], ask("POST", "/templates", {"name": "x", "fields": [{"name": "id", "type": "sequence"}]})[0])`,
      {},
      client.as(body.key),
    );
    expect(log).toContain('200 403');
  });

  it('act as who started them, in their project alone, and say so in the audit', async () => {
    const code = `${ASK}
who = json.loads(ask("GET", "/session")[1])
print(who["credential"], who["credentialId"] == os.environ["DM_RUN_ID"], who["projectId"] == os.environ["DM_PROJECT_ID"])
print(ask("POST", "/templates", {"name": "by script", "fields": [{"name": "a", "type": "uuid"}]})[0])
print(ask("GET", "/templates", headers={"X-DataMaker-Project": os.environ["DM_PARAMS"][7:-2]})[0])
print(ask("GET", "/api/v1/usage")[0], ask("POST", "/api/v1/generate-ai", {"field_names": ["email"], "count": 1})[0])
`;
    const { body: other } = await client.post('/projects', { name: `other ${kind}` });
    const { path, run: begun } = await begin(code, { p: other.id });
    await client.get(`${path}?wait=true`);
    expect(await logOf(path)).toBe('run True True\n201\n404\n200 200\n');
    const { body: acts } = await client.get<{ items: { credentialId: string }[] }>('/audit?action=template.created');
    expect(acts.items[0]?.credentialId).toBe(begun.run_id);
  });

  it('may not do what is for people alone, whoever started them', async () => {
    const routes = (await routesOfApp()).filter(({ method, path }) => !isForScripts(method, path));
    const asked = routes.map(({ method, path }) => [method, path.replace(/:\w+|\*/g, 'x')]);
    const { log } = await run(
      `${ASK}
for method, path in json.loads(os.environ["DM_PARAMS"])["asked"]:
    status, text = ask(method, path, None if method in ("GET", "HEAD") else {})
    print(method, path, status)
`,
      { asked },
    );
    expect(log).toBe(asked.map(([method, path]) => `${method} ${path} 403\n`).join(''));
    const shut = routes.map(({ path }) => path.split('/')[1]);
    expect([...new Set(shut)]).toEqual(
      expect.arrayContaining(['keys', 'people', 'invites', 'secrets', 'audit', 'projects', 'workspace', 'sessions']),
    );
  });

  it('take no other credential through their socket, and theirs is good nowhere else', async () => {
    const owner = server.key;
    const stolen = await begin(`${ASK}
print(json.dumps([os.environ["DM_RUN_TOKEN"][::-1], os.environ["DM_BROKER_SOCKET"]]), flush=True)
time.sleep(60)
`);
    // Backwards, since it is not to be seen in a log as it is.
    await until(async () => (await logOf(stolen.path)).includes('\n'));
    const [reversed, socket] = JSON.parse(await logOf(stolen.path)) as [string, string];
    const token = [...reversed].reverse().join('');
    const byHeader = await fetch(`${client.url}/templates`, { headers: { authorization: `Bearer ${token}` } });
    const byKey = await fetch(`${client.url}/api/v1/usage`, { headers: { 'x-api-key': token } });
    expect([byHeader.status, byKey.status]).toEqual([401, 401]);
    const { log } = await run(
      `${ASK}
given = json.loads(os.environ["DM_PARAMS"])
theirs, at, key = given["theirs"][::-1], given["at"], given["key"][::-1]
print("own", ask("GET", "/templates")[0])
print("their token here", ask("GET", "/templates", token=theirs)[0])
print("own token there", ask("GET", "/templates", at=at)[0])
print("a key here", ask("GET", "/templates", token=key)[0], ask("GET", "/keys", headers={"X-API-Key": key})[0])
print("a key in the query", ask("GET", "/api/v1/usage?api_key=" + key, token="none")[0])
`,
      { theirs: reversed, at: socket, key: [...owner].reverse().join('') },
    );
    expect(log).toBe(
      'own 200\ntheir token here 401\nown token there 401\na key here 401 401\na key in the query 401\n',
    );
    await client.delete(stolen.path);
    await until(async () => (await client.get<RunBody>(stolen.path)).body.state === 'cancelled');
    const { log: after } = await run(
      `${ASK}
given = json.loads(os.environ["DM_PARAMS"])
print(ask("GET", "/templates", token=given["theirs"][::-1], at=given["at"])[0])
`,
      { theirs: reversed, at: socket },
    );
    expect(after).toBe('FileNotFoundError\n');
  });

  it('lose what whoever started them loses, at the next request', async () => {
    const member = await join(client, 'member');
    const { path } = await begin(
      `${ASK}
made = lambda: ask("POST", "/templates", {"name": "n", "fields": [{"name": "a", "type": "uuid"}]})[0]
first = made()
print(first, flush=True)
while made() == 201: time.sleep(0.05)
print(made(), ask("GET", "/templates")[0], flush=True)
while ask("GET", "/templates")[0] == 200: time.sleep(0.05)
print(ask("GET", "/templates")[0], flush=True)
`,
      {},
      member.client,
    );
    await until(async () => (await logOf(path)).includes('201\n'));
    await client.patch(`/people/${member.id}`, { role: 'viewer' });
    await until(async () => (await logOf(path)).includes('403 200\n'));
    await client.delete(`/people/${member.id}`);
    const { body } = await client.get<RunBody>(`${path}?wait=true`);
    expect([body.state, await logOf(path)]).toEqual(['done', '201\n403 200\n401\n']);
  });

  it('can do nothing once their attempt does not hold the run any more', async () => {
    const { path, run: begun } = await begin(`${ASK}
print(ask("GET", "/templates")[0], flush=True)
while ask("GET", "/templates")[0] == 200: time.sleep(0.02)
print("shut", flush=True)
time.sleep(60)
`);
    await until(async () => (await logOf(path)).includes('200\n'));
    const store = await server.openDatabase();
    // Another attempt, as it were: this one notices at its next renewal, and its script at once.
    await store.updateTable('run').set({ token: 'another' }).where('id', '=', begun.run_id).execute();
    await until(async () => (await logOf(path)).includes('shut'));
    await store.destroy();
    await client.delete(path);
  });

  it('have in their log what was asked of systems for them, in the order in which it was', async () => {
    const { state, log } = await run(`
from datamaker import DataMaker
dm = DataMaker()
shop, orders = dm.connection("shop"), dm.connection("orders")
print("begin")
shop.insert("people", dm.generate("person", 3))
print("between")
orders.post(path="/A_BusinessPartner", rows=[{"id": 1}, {"id": 2}])
print("rest of it", end="")
shop.upsert("people", [{"id": 3}, {"id": 4}])
print(shop.execute("SELECT count(*)::int AS n FROM people"))
shop.insert("people", [{"id": 5}, {"id": 3}], on_conflict="skip")
orders.post(path="/many", rows=[{"id": n} for n in range(25)])
print("end")
`);
    await database.query('TRUNCATE people');
    expect({ state, log: log.split('\n') }).toEqual({
      state: 'done',
      log: [
        'begin',
        'INSERT people → 3 rows',
        'between',
        ...Array(2).fill('POST /A_BusinessPartner → 201'),
        'rest of it',
        'UPSERT people → 2 rows',
        'SELECT → 1 row',
        "[{'n': 4}]",
        'INSERT people → 1 row, 1 already there',
        ...Array(10).fill('POST /many → 201'),
        'POST /many → 201 (15 more)',
        'end',
        '',
      ],
    });
  });
});
