import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { join, type Somebody } from '../testing/people.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

type Thing = Readonly<Record<string, unknown>>;
interface Kind {
  readonly list: string;
  readonly deleted: string;
  readonly table: string;
  /** What its acts are called in the audit. */
  readonly act: string;
  readonly body: (name: string) => object;
  /** Each names one thing; what it does to what is shown, where that is not what it says. */
  readonly changes: readonly (readonly [change: object, shown?: object])[];
  readonly method: 'PATCH' | 'PUT';
  /** Paths below it that are there only while it is. */
  readonly below: readonly string[];
  /** Whether those that were deleted last come first; else those that were created last. */
  readonly lastFirst: boolean;
}

const ID = { name: 'id', type: 'sequence' };
const NAME = { name: 'name', type: 'full_name' };
const AUTH = { type: 'basic', username: 'somebody' };
/** Nobody answers there, and nobody is let there. */
const URL = 'postgres://10.255.0.1:5432/one';
const OPTIONS = { schemas: ['a'], tls: { mode: 'disable' }, idleTimeoutSeconds: 300 };

const KINDS: Readonly<Record<string, Kind>> = {
  template: {
    list: '/templates',
    deleted: '/templates/deleted',
    table: 'template',
    act: 'template',
    body: (name) => ({ name, fields: [ID], locale: 'de', weighting: 'population' }),
    changes: [
      [{ name: 'changed' }],
      [{ fields: [ID, NAME] }],
      [{ locale: 'fr' }],
      [{ weighting: null }, { weighting: undefined }],
    ],
    method: 'PATCH',
    below: ['/versions', '@v1', '/export', '/diff?from=1&to=1'],
    lastFirst: true,
  },
  scenario: {
    list: '/scenarios',
    deleted: '/scenarios/deleted',
    table: 'scenario',
    act: 'scenario',
    body: (name) => ({ name, code: 'print(1)', retry_on_crash: true, timeout_seconds: 77 }),
    changes: [
      [{ name: 'changed' }],
      [{ code: 'print(2)' }],
      [{ timeout_seconds: 78 }],
      [{ retry_on_crash: false }],
      [{ timeout_seconds: null }],
    ],
    method: 'PUT',
    below: ['/versions', '@v1', '/code', '/schedules', '/runs'],
    lastFirst: true,
  },
  connection: {
    list: '/connections',
    deleted: '/connections?deleted=true',
    table: 'connection',
    act: 'connection',
    body: (name) => ({
      name,
      type: 'postgres',
      url: URL,
      auth: { ...AUTH, password: 'x' },
      options: OPTIONS,
      readOnly: true,
    }),
    changes: [
      [{ name: 'changed' }],
      [{ readOnly: false }],
      [{ options: { ...OPTIONS, schemas: ['b'] } }],
      [{ url: `${URL}-more` }],
      // Said without a password, it has none.
      [{ auth: { ...AUTH, username: 'else' } }, { auth: { ...AUTH, username: 'else' }, hasSecret: false }],
    ],
    method: 'PATCH',
    below: ['/metadata', '/rows?table=t'],
    lastFirst: false,
  },
  chat: {
    list: '/chats',
    deleted: '/chats/deleted',
    table: 'chat',
    act: 'chat',
    body: (name) => ({ name, permits: { risks: ['read', 'generate'], sensitive: true } }),
    changes: [
      [{ name: 'changed' }],
      [{ permits: { risks: ['read'] } }, { permits: { risks: ['read'], sensitive: true } }],
      [{ permits: { sensitive: false } }, { permits: { risks: ['read'], sensitive: false } }],
    ],
    method: 'PATCH',
    below: ['/events'],
    lastFirst: true,
  },
};

/** What a request does beside what it says: tells when it was, by whom, and what came of trying it. */
const withoutTimes = (thing: Thing): Thing =>
  Object.fromEntries(
    Object.entries(thing).filter(
      ([key]) => !/^(updated|deleted|purge)(_|[A-Z])|^(verification|turn|environment)$/.test(key),
    ),
  );
const timeOf = (thing: Thing, what: 'updated' | 'deleted' | 'purge' | 'created'): number =>
  Date.parse(String(thing[`${what}At`] ?? thing[`${what}_at`]));
const DAY = 86_400_000;

describe.each(Object.keys(KINDS))('the life of a %s', (name) => {
  const kind = KINDS[name] as Kind;
  let server: TestServer;
  let owner: Client;
  let ownerId: string;
  let somebody: Somebody;
  let store: Store;
  let elsewhere: Readonly<Record<string, string>>;
  beforeAll(async () => {
    server = shared ??= await startOn('external');
    owner = server.client;
    ownerId = (await owner.get('/people/me')).body.id;
    somebody = await join(owner, 'admin');
    store = await server.openDatabase();
    elsewhere = { 'x-datamaker-project': (await owner.post('/projects', { name })).body.id };
  });
  afterAll(() => store?.destroy());

  let made = 0;
  const create = async (by = owner): Promise<Thing & { id: string }> => {
    const answer = await by.post<Thing & { id: string }>(kind.list, kind.body(`${name} ${++made}`));
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    expect(answer.headers.get('location')).toBe(`${kind.list}/${answer.body.id}`);
    return answer.body;
  };
  const pathOf = ({ id }: { id: string }): string => `${kind.list}/${id}`;
  const listed = async (path = kind.list, headers = {}) => {
    const { body } = await owner.get<ListBody<Thing & { id: string }>>(path, headers);
    return { ids: body.items.map(({ id }) => id), total: body.total, items: body.items };
  };
  const acts = async ({ id }: { id: string }) =>
    (
      await owner.get<ListBody<{ action: string; personId: string; projectId: string }>>(`/audit?subject=${id}`)
    ).body.items
      .filter(({ action }) => !action.endsWith('.verified'))
      .map(({ action, personId }) => [action, personId])
      .toReversed();

  it('keeps what a change does not name, and tells who made it when', async () => {
    const thing = await create();
    // Its author may change it; where others may as well, one of them does.
    const by = name === 'chat' ? owner : somebody.client;
    const byId = name === 'chat' ? ownerId : somebody.id;
    let before = (await owner.get<Thing>(pathOf(thing))).body;
    expect(withoutTimes(before)).toEqual(withoutTimes(thing));
    for (const [change, shown = change] of kind.changes) {
      await until(() => Date.now() > timeOf(before, 'updated') + 1);
      const answer = await by.send<Thing>(kind.method, pathOf(thing), change);
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
      const after = (await owner.get<Thing>(pathOf(thing))).body;
      const expected = { ...before, ...shown, version: Number(before['version']) + 1 };
      expect(withoutTimes(after)).toEqual(JSON.parse(JSON.stringify(withoutTimes(expected))));
      expect(withoutTimes(answer.body)).toEqual(withoutTimes(after));
      expect(timeOf(after, 'updated')).toBeGreaterThan(timeOf(before, 'updated'));
      expect(Math.abs(timeOf(after, 'updated') - Date.now())).toBeLessThan(60_000);
      if ('updatedBy' in after) expect([after['createdBy'], after['updatedBy']]).toEqual([ownerId, byId]);
      before = after;
    }
    expect(await acts(thing)).toEqual([
      [`${kind.act}.created`, ownerId],
      ...kind.changes.map(() => [`${kind.act}.changed`, byId]),
    ]);
    if (!kind.below.includes('/versions')) return;
    const versions = (await owner.get<ListBody<Thing>>(`${pathOf(thing)}/versions`)).body.items;
    expect(versions.map((one) => [one['version'], one['createdBy'] ?? one['created_by']])).toEqual([
      ...kind.changes.map((_, index) => [kind.changes.length + 1 - index, byId]),
      [1, ownerId],
    ]);
    const times = versions.map((one) => timeOf(one, 'created'));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    // To go back is another change: all is as it was at first.
    const back = await by.post<Thing>(`${pathOf(thing)}/rollback`, { version: 1 });
    expect(withoutTimes(back.body)).toEqual({ ...withoutTimes(thing), version: kind.changes.length + 2 });
    expect((await acts(thing)).at(-1)).toEqual([`${kind.act}.changed`, byId]);
    // The first one is as it was, and says since when.
    const first = (await owner.get<Thing>(`${pathOf(thing)}@v1`)).body;
    expect(withoutTimes(first)).toEqual(withoutTimes(thing));
    expect([timeOf(first, 'created'), timeOf(first, 'updated')]).toEqual([times.at(-1), times.at(-1)]);
  });

  it('ends for all to see, and begins again as it was', async () => {
    const [one, other] = [await create(), await create()];
    const before = await listed();
    const whole = (await owner.get<Thing>(pathOf(one))).body;
    // In the other order than that in which they were made.
    for (const each of [other, one]) {
      expect((await somebody.client.delete(pathOf(each))).status).toBe(204);
      const now = Date.now();
      await until(() => Date.now() > now + 1);
    }
    const gone = await listed();
    expect(gone.total).toBe(before.total - 2);
    for (const { id } of [one, other]) expect(gone.ids).not.toContain(id);
    for (const path of ['', ...kind.below]) expectError(await owner.get(pathOf(one) + path), 404, 'not_found');
    const [[change]] = kind.changes as [readonly [object]];
    expectError(await owner.send(kind.method, pathOf(one), change), 404, 'not_found');
    expectError(await owner.delete(pathOf(one)), 404, 'not_found');
    const deleted = await listed(kind.deleted);
    const [last, first] = kind.lastFirst ? [one, other] : [other, one];
    expect(deleted.ids.slice(0, 2)).toEqual([last.id, first.id]);
    expect(deleted.total).toBe(deleted.ids.length);
    const shown = deleted.items[0] as Thing;
    expect(timeOf(shown, 'purge') - timeOf(shown, 'deleted')).toBe(30 * DAY);
    expect(Math.abs(timeOf(shown, 'deleted') - Date.now())).toBeLessThan(60_000);

    expect(await listed(kind.deleted, elsewhere)).toMatchObject({ ids: [], total: 0 });
    expectError(await owner.post(`${pathOf(one)}/restore`, {}, elsewhere), 404, 'not_found');
    for (let times = 0; times < 2; times++) {
      const restored = await owner.post<Thing>(`${pathOf(one)}/restore`, {});
      expect(restored.status).toBe(200);
      expect(withoutTimes(restored.body)).toEqual(withoutTimes(whole));
    }
    expect(withoutTimes((await owner.get<Thing>(pathOf(one))).body)).toEqual(withoutTimes(whole));
    expect((await listed()).total).toBe(before.total - 1);
    expect((await listed(kind.deleted)).ids).not.toContain(one.id);
    expect(await acts(one)).toEqual([
      [`${kind.act}.created`, ownerId],
      [`${kind.act}.deleted`, somebody.id],
      [`${kind.act}.restored`, ownerId],
    ]);
    // Restored, it has no time to be purged at, and can be deleted once more.
    const { rows } = await sql<object>`
      SELECT deleted_at, purge_at FROM ${sql.table(kind.table)} WHERE id = ${one.id}`.execute(store);
    expect(rows).toEqual([{ deleted_at: null, purge_at: null }]);
    await sql`UPDATE ${sql.table(kind.table)} SET purge_at = now() WHERE id = ${other.id}`.execute(store);
    const kept = await listed(kind.deleted);
    expect(kept.ids).not.toContain(other.id);
    expect(kept.total).toBe(kept.ids.length);
    expectError(await owner.post(`${pathOf(other)}/restore`, {}), 404, 'not_found');
  });
});

let shared: TestServer | undefined;
afterAll(() => shared?.close());

/** What is changed in place, and says when. */
const IN_PLACE: Readonly<Record<string, (owner: Client) => Promise<{ path: string; change: () => Promise<unknown> }>>> =
  {
    'the workspace': async (owner) => ({
      path: '/workspace',
      change: () => owner.patch('/workspace', { name: 'Other' }),
    }),
    'a project': async (owner) => {
      const path = `/projects/${(await owner.post('/projects', { name: 'p' })).body.id}`;
      return { path, change: () => owner.patch(path, { name: 'q' }) };
    },
    'a person': async (owner) => {
      const path = `/people/${(await join(owner, 'member')).id}`;
      return { path, change: () => owner.patch(path, { role: 'viewer' }) };
    },
    oneself: async (owner) => ({ path: '/people/me', change: () => owner.patch('/people/me', { name: 'I' }) }),
    'a secret': async (owner) => {
      const path = `/secrets/${(await owner.post('/secrets', { name: 'CHANGED', value: 'a' })).body.id}`;
      return { path, change: () => owner.patch(path, { value: 'b' }) };
    },
  };

describe('what is changed in place', () => {
  it.each(Object.keys(IN_PLACE))('says when: %s', async (name) => {
    shared ??= await startOn('external');
    const owner = shared.client;
    const { path, change } = await (IN_PLACE[name] as (typeof IN_PLACE)[string])(owner);
    const before = (await owner.get<Thing>(path)).body;
    await until(() => Date.now() > timeOf(before, 'updated') + 1);
    expect(await change()).toMatchObject({ status: 200 });
    const after = (await owner.get<Thing>(path)).body;
    expect(timeOf(after, 'created')).toBe(timeOf(before, 'created'));
    expect(timeOf(after, 'updated')).toBeGreaterThan(timeOf(before, 'updated'));
    expect(Math.abs(timeOf(after, 'updated') - Date.now())).toBeLessThan(60_000);
  });

  it('says by whom: a secret, a file', async () => {
    shared ??= await startOn('external');
    const owner = shared.client;
    const { id: ownerId } = (await owner.get('/people/me')).body;
    const { client, id } = await join(owner, 'member');
    const secret = `/secrets/${(await owner.post('/secrets', { name: 'BY_OTHERS', value: 'a' })).body.id}`;
    expect((await client.patch(secret, { value: 'b' })).status).toBe(200);
    expect((await owner.get<Thing>(secret)).body).toMatchObject({ version: 2, createdBy: ownerId, updatedBy: id });
    const first = (await owner.upload<Thing>('by', 'a')).body;
    await until(() => Date.now() > Date.parse(String(first['uploaded_at'])) + 1);
    const second = (await client.upload<Thing>('by', 'b')).body;
    expect([first['uploaded_by'], second['uploaded_by']]).toEqual([ownerId, id]);
    expect([second['id'], second['created_at']]).toEqual([first['id'], first['created_at']]);
    expect(Date.parse(String(second['uploaded_at']))).toBeGreaterThan(Date.parse(String(first['uploaded_at'])));
    const { items } = (await owner.get<ListBody<Thing>>('/workspace/files')).body;
    expect(items[0]).toEqual(second);
  });

  it('keeps what a change does not name: a schedule', async () => {
    shared ??= await startOn('external');
    const owner = shared.client;
    const { id } = (await owner.post('/scenarios', { name: 's', code: 'print(1)' })).body;
    const path = `/scenarios/${id}/schedules`;
    const said = { cron: '0 5 * * 1', time_zone: 'Europe/Berlin', params: { a: 1 }, paused: true };
    const made = await owner.post<Thing>(path, said);
    expect(made.headers.get('location')).toBe(`${path}/${made.body['id']}`);
    const shown = async () => (await owner.get<ListBody<Thing>>(path)).body.items[0] as Thing;
    let before = await shown();
    expect(before).toEqual(made.body);
    for (const change of [{ cron: '0 6 * * 2' }, { time_zone: 'Asia/Tokyo' }, { params: { b: 2 } }]) {
      expect((await owner.patch<Thing>(`${path}/${made.body['id']}`, change)).body).toEqual({ ...before, ...change });
      before = await shown();
    }
    const going = (await owner.patch<Thing>(`${path}/${made.body['id']}`, { paused: false })).body;
    const times = going['next_times'] as string[];
    expect(going).toEqual({ ...before, paused: false, next_at: times[0], next_times: times });
    expect(times.map((at) => [new Date(at).getUTCDay(), new Date(at).getUTCHours()])).toEqual(Array(5).fill([1, 21]));
    expect((await owner.patch<Thing>(`${path}/${made.body['id']}`, { paused: true })).body).toEqual(before);
  });
});
