import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { type Client, expectError, type ListBody } from '../testing/client.ts';
import { World } from '../testing/matrix/world.ts';
import { startOn, type TestServer } from '../testing/servers.ts';
import { tries } from '../testing/tries.ts';

/** The goal is 10,000 items and 50 walks; of one list, since all go the same way. */
const sizeOf = (path: string) =>
  path === '/templates'
    ? { items: tries(200, 10_000), walks: tries(3, 50) }
    : { items: tries(40, 1000), walks: tries(2, 10) };
const PAGE = 7;
const PROJECT_LISTS = [
  '/templates',
  '/sets',
  '/workspace/files',
  '/keys',
  '/secrets',
  '/runs',
  '/connections',
  '/chats',
];

/** Something that each filter of a list may ask for. */
const FILTERS: Readonly<Record<string, string>> = {
  ...{ name: 'x', state: 'done', kind: 'generation', template: 'tmpl_x', deleted: 'true' },
  ...{ action: 'tested', person: 'usr_x', subject: 'tmpl_x', from: '2001-01-01T00:00:00Z', to: '2901-01-01T00:00:00Z' },
};

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      { readonly get: { readonly parameters?: readonly { readonly name: string; readonly in: string }[] } }
    >
  >;
}

interface List {
  /** What an item of it is known by. */
  readonly by?: 'name';
  add(ids: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Absent for what stays for ever. */
  remove?(ids: RawBuilder<unknown>): RawBuilder<unknown>;
}

describe('a walk through a list while it changes', () => {
  let server: TestServer;
  let client: Client;
  let store: Store;
  let world: World;
  let workspaceId: string;
  let projectId: string;
  let personId: string;
  let lists: Readonly<Record<string, List>>;
  beforeAll(async () => {
    server = await startOn('external');
    client = server.client;
    store = await server.openDatabase();
    world = await World.make(server);
    const about = await client.get<{ id: string }>('/workspace');
    workspaceId = about.body.id;
    projectId = world.projects.first;
    personId = (await client.get<{ id: string }>('/people/me')).body.id;
    expect((await client.post('/secrets', { name: 'FIRST', value: 'x' })).status).toBe(201);
    lists = listsOf();
  });
  afterAll(async () => {
    await world?.close();
    await store?.destroy();
    await server?.close();
  });

  const listsOf = (): Readonly<Record<string, List>> => ({
    '/templates': {
      add: (ids) => sql`
        WITH made AS (INSERT INTO template (id, workspace_id, project_id, version)
                      SELECT id, ${workspaceId}, ${projectId}, 1 FROM ${ids} RETURNING id)
        INSERT INTO template_version (template_id, workspace_id, version, name, document, created_by)
        SELECT id, ${workspaceId}, 1, id, '{"fields":[{"name":"id","type":"sequence"}]}', ${personId} FROM made`,
      remove: (ids) =>
        sql`UPDATE template SET deleted_at = now(), purge_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/sets': {
      by: 'name',
      add: (ids) => sql`
        WITH made AS (INSERT INTO saved_set (id, workspace_id, project_id, name, version)
                      SELECT id, ${workspaceId}, ${projectId}, id, 1 FROM ${ids} RETURNING id)
        INSERT INTO set_version (set_id, workspace_id, version, row_count, byte_count, sha256, columns, created_by)
        SELECT id, ${workspaceId}, 1, 0, 0, ''::bytea, '[]', ${personId} FROM made`,
      remove: (ids) =>
        sql`UPDATE saved_set SET deleted_at = now(), purge_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/workspace/files': {
      by: 'name',
      add: (ids) => sql`
        WITH made AS (INSERT INTO file_blob (id, workspace_id, state, byte_count)
                      SELECT id, ${workspaceId}, 'kept', 0 FROM ${ids} RETURNING id)
        INSERT INTO workspace_file (id, workspace_id, project_id, name, blob_id, byte_count, sha256, content_type, kind, uploaded_by)
        SELECT id, ${workspaceId}, ${projectId}, id, id, 0, ''::bytea, 'text/plain', 'text', ${personId} FROM made`,
      remove: (ids) => sql`DELETE FROM workspace_file WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/projects': {
      add: (ids) => sql`INSERT INTO project (id, workspace_id, name) SELECT id, ${workspaceId}, id FROM ${ids}`,
      remove: (ids) => sql`UPDATE project SET deleted_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/people': {
      add: (ids) => sql`
        INSERT INTO person (id, workspace_id, name, role) SELECT id, ${workspaceId}, id, 'viewer' FROM ${ids}`,
      remove: (ids) => sql`UPDATE person SET removed_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/invites': {
      add: (ids) => sql`
        INSERT INTO invite (id, workspace_id, role, hash, created_by, expires_at)
        SELECT id, ${workspaceId}, 'viewer', id::bytea, ${personId}, now() + interval '1 hour' FROM ${ids}`,
      remove: (ids) => sql`DELETE FROM invite WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/keys': {
      add: (ids) => sql`
        INSERT INTO api_key (id, workspace_id, person_id, name, hash, display)
        SELECT id, ${workspaceId}, ${personId}, id, id::bytea, id FROM ${ids}`,
      remove: (ids) => sql`UPDATE api_key SET revoked_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/secrets': {
      add: (ids) => sql`
        INSERT INTO secret (id, workspace_id, project_id, kind, name, version, data_key_id, sealed, created_by, updated_by)
        SELECT id, ${workspaceId}, ${projectId}, 'user', upper(id), 1, (SELECT min(id) FROM data_key), ''::bytea,
               ${personId}, ${personId} FROM ${ids}`,
      remove: (ids) => sql`DELETE FROM secret WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/runs': {
      add: (ids) => sql`
        INSERT INTO run (id, workspace_id, project_id, kind, state, subject_id, params, total_rows, ended_at, created_by, request_id)
        SELECT id, ${workspaceId}, ${projectId}, 'generation', 'done', 'tmpl_gone', '{}', 0, now(), ${personId}, ''
          FROM ${ids}`,
      remove: (ids) => sql`UPDATE run SET deleted_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/scenarios': {
      add: (ids) => sql`
        WITH made AS (INSERT INTO scenario (id, workspace_id, project_id, version, name)
                      SELECT id, ${workspaceId}, ${projectId}, 1, id FROM ${ids} RETURNING id)
        INSERT INTO scenario_version (scenario_id, workspace_id, version, name, code, settings, needs, created_by)
        SELECT id, ${workspaceId}, 1, id, '', '{"retryOnCrash":false,"timeoutSeconds":null}', '{"requirements":[]}',
               ${personId} FROM made`,
      remove: (ids) =>
        sql`UPDATE scenario SET deleted_at = now(), purge_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/counters': {
      by: 'name',
      add: (ids) => sql`
        INSERT INTO counter (workspace_id, project_id, name, value) SELECT ${workspaceId}, ${projectId}, id, 1 FROM ${ids}`,
      remove: (ids) => sql`DELETE FROM counter WHERE name IN (SELECT id FROM ${ids})`,
    },
    '/connections': {
      add: (ids) => sql`
        INSERT INTO connection (id, workspace_id, project_id, name, type, config, created_by, updated_by)
        SELECT id, ${workspaceId}, ${projectId}, id, 'rest', '{"url":"","auth":{"type":"none"},"options":{}}',
               ${personId}, ${personId} FROM ${ids}`,
      remove: (ids) =>
        sql`UPDATE connection SET deleted_at = now(), purge_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/chats': {
      add: (ids) => sql`
        INSERT INTO chat (id, workspace_id, project_id, name, permits, created_by)
        SELECT id, ${workspaceId}, ${projectId}, id, '{"risks":[],"sensitive":false}', ${personId} FROM ${ids}`,
      remove: (ids) => sql`UPDATE chat SET deleted_at = now(), purge_at = now() WHERE id IN (SELECT id FROM ${ids})`,
    },
    '/audit': {
      add: (ids) => sql`
        INSERT INTO audit_entry (id, workspace_id, action, details) SELECT id, ${workspaceId}, 'tested', '{}' FROM ${ids}`,
    },
  });
  let made = 0;
  const newIds = (count: number): string[] => Array.from({ length: count }, () => `item_${++made}`);
  const change = async (
    statement: ((ids: RawBuilder<unknown>) => RawBuilder<unknown>) | undefined,
    ids: readonly string[],
  ) => {
    if (ids.length > 0) await statement?.(sql`unnest(${ids}::text[]) AS one (id)`).execute(store);
  };

  it('is tried for every list that has pages', async () => {
    const { body } = await client.get<{ paths: Record<string, { get?: { parameters?: { name?: string }[] } }> }>(
      '/openapi.json',
    );
    // Runs of one scenario are some of all runs.
    const paged = Object.entries(body.paths).filter(
      ([path, { get }]) => !path.includes('{') && JSON.stringify(get?.parameters ?? []).includes('"cursor"'),
    );
    expect(paged.map(([path]) => path).toSorted()).toEqual(Object.keys(lists).toSorted());
  });

  it.each([
    '/templates',
    '/sets',
    '/workspace/files',
    '/projects',
    '/people',
    '/invites',
    '/keys',
    '/secrets',
    '/runs',
    '/scenarios',
    '/counters',
    '/connections',
    '/chats',
    '/audit',
  ])('sees all that was there throughout exactly once: %s', async (path) => {
    const { by = 'id', add, remove } = lists[path] as List;
    const { items, walks } = sizeOf(path);
    const staying = newIds(items);
    await change(add, staying);
    for (let walk = 0; walk < walks; walk++) {
      const going = remove === undefined ? [] : newIds(Math.ceil(items / 4));
      await change(add, going);
      const leaving = fc.sample(fc.shuffledSubarray(going, { minLength: going.length }), 1)[0] ?? [];
      const seen = new Map<string, number>();
      let cursor: string | null = null;
      do {
        const page: Promise<{ status: number; body: ListBody<Record<'id' | 'name', string>> }> = client.get(
          `${path}?limit=${PAGE}${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        const [answer] = await Promise.all([page, change(remove, leaving.splice(0, 2)), change(add, newIds(3))]);
        expect(answer.status).toBe(200);
        for (const item of answer.body.items) seen.set(item[by], (seen.get(item[by]) ?? 0) + 1);
        cursor = answer.body.next_cursor;
      } while (cursor !== null);
      expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
      expect(staying.filter((id) => !seen.has(id))).toEqual([]);
    }
  });

  it.each(PROJECT_LISTS.filter((path) => path !== '/keys'))('counts nothing of another project: %s', async (path) => {
    const { add } = lists[path] as List;
    const deleted = { '/sets': 'saved_set', '/connections': 'connection' }[path];
    const count = async (query = ''): Promise<number> =>
      (await client.get<ListBody<unknown>>(`${path}?limit=1${query}`)).body.total;
    const before = [await count(), deleted && (await count('&deleted=true'))];
    const [there, gone] = [newIds(2), newIds(3)];
    projectId = world.projects.other;
    await change(add, [...there, ...gone]);
    if (deleted !== undefined) {
      await sql`UPDATE ${sql.table(deleted)} SET deleted_at = now(), purge_at = now() + interval '1 day'
                 WHERE id = ANY(${gone})`.execute(store);
    }
    projectId = world.projects.first;
    expect([await count(), deleted && (await count('&deleted=true'))]).toEqual(before);
  });

  it('goes on nowhere but where it began', async () => {
    const cursors = new Map<string, string>();
    for (const [path, { add }] of Object.entries(lists)) {
      await change(add, newIds(5));
      const { body } = await client.get<ListBody<unknown>>(`${path}?limit=1`);
      cursors.set(path, body.next_cursor ?? '');
    }
    const nobody = client.as(undefined);
    const foreign = await world.headersOf('foreign');
    const otherProject = await world.headersOf('otherProject');
    for (const [path, cursor] of cursors) {
      expect(cursor).not.toBe('');
      for (const other of Object.keys(lists)) {
        if (other !== path) expectError(await client.get(`${other}?cursor=${cursor}`), 400, 'invalid_cursor');
      }
      expectError(await nobody.get(`${path}?cursor=${cursor}`, foreign), 400, 'invalid_cursor');
      if (PROJECT_LISTS.includes(path)) {
        expectError(await nobody.get(`${path}?cursor=${cursor}`, otherProject), 400, 'invalid_cursor');
      }
      for (const [at, letter] of fc.sample(fc.tuple(fc.nat(cursor.length - 1), fc.constantFrom(...'Aa0-_.')), 10)) {
        const tampered = cursor.slice(0, at) + letter + cursor.slice(at + 1);
        if (tampered !== cursor) expectError(await client.get(`${path}?cursor=${tampered}`), 400, 'invalid_cursor');
      }
    }
  });

  it('goes on with no other filters than it began with', async () => {
    const { paths } = (await client.get<OpenApi>('/openapi.json')).body;
    const tried: string[] = [];
    for (const [path, { add }] of Object.entries(lists)) {
      await change(add, newIds(5));
      const cursor = (await client.get<ListBody<unknown>>(`${path}?limit=1`)).body.next_cursor;
      for (const { name, in: where } of paths[path]?.get.parameters ?? []) {
        if (where !== 'query' || ['limit', 'cursor'].includes(name)) continue;
        expect(Object.keys(FILTERS)).toContain(name);
        tried.push(`${path}?${name}=`);
        expectError(await client.get(`${tried.at(-1)}${FILTERS[name]}&cursor=${cursor}`), 400, 'invalid_cursor');
      }
    }
    expect(tried).toContain('/audit?subject=');
    expect(tried.length).toBeGreaterThan(10);
  });
});
