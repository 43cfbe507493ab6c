import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ODataService, startODataService } from '../../../connectors/src/sap-odata/testing/start-odata-service.ts';
import { tablesMetadata } from '../../../connectors/src/sap-odata/testing/tables-metadata.ts';
import { type FerretServer, startFerret } from '../../../connectors/src/testing/start-ferretdb.ts';
import { type Client, expectError } from '../testing/client.ts';
import { type RestTarget, startRestTarget } from '../testing/push-targets.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface RunBody {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}

// Pushes into systems that keep each row by itself.
describe('a push that is taken back', () => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn('external', { privateTargets: ['127.0.0.1'] });
    client = server.client;
  });
  afterAll(() => server?.close());

  let connections = 0;
  const connect = async (type: string, url: string, more: object = {}): Promise<string> => {
    const name = `target ${++connections}`;
    const { status, text, body } = await client.post<{ id: string }>('/connections', { name, type, url, ...more });
    expect(status, text).toBe(201);
    return body.id;
  };
  const ended = async (run: string): Promise<RunBody> => (await client.get<RunBody>(`/runs/${run}?wait=true`)).body;
  const push = async (connection: string, template_id: string, body: object): Promise<RunBody> => {
    const path = `/connections/${connection}/push`;
    const answer = await client.post<{ run_id: string }>(path, { template_id, seed: 's', ...body });
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };
  const tryUndo = async (run: string) =>
    (await client.post<Record<string, unknown>>(`/runs/${run}/undo`, { dryRun: true })).body;
  const undo = async (run: string, body: object = {}): Promise<RunBody> => {
    const answer = await client.post<{ run_id: string }>(`/runs/${run}/undo`, body);
    expect(answer.status, answer.text).toBe(202);
    return ended(answer.body.run_id);
  };

  describe.each(['v2', 'v4'] as const)('from an OData service (%s)', (version) => {
    let service: ODataService;
    let connection: string;
    const request = (method: string, path: string, body?: object) =>
      fetch(`${service.url}/${version}/${path}`, {
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`${service.username}:${service.password}`).toString('base64')}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const materials = async (): Promise<number> => {
      const answer = await request('GET', 'Materials/$count');
      return Number(await answer.text());
    };
    beforeAll(async () => {
      service = await startODataService();
      connection = await connect('sap_odata', `${service.url}/${version}`, {
        auth: { type: 'basic', username: service.username, password: service.password },
      });
    }, 900_000);
    afterAll(() => service?.stop());
    beforeEach(() => service.reset());

    it('whose entities have keys of the template', async () => {
      const template = await client.create([
        { name: 'Material', type: 'sequence', options: { start: 5000, prefix: 'X' } },
        { name: 'Description', type: 'word' },
      ]);
      const before = await materials();
      const run = await push(connection, template, { entity: 'Materials', count: 130 });
      expect(run).toMatchObject({ state: 'done', result: { written: 130 } });
      expect(await materials()).toBe(before + 130);
      expect(await tryUndo(run.id)).toMatchObject({ reason: 'dry_run', removed: 130 });
      expect((await request('DELETE', "Materials('X5003')")).status).toBeLessThan(500);
      expect(await undo(run.id)).toMatchObject({ state: 'done', error: null });
      expect(await materials()).toBe(before);
    });

    // What Olingo 4 answers of its metadata has no annotations: nothing says that the service makes the keys.
    it.runIf(version === 'v2')('whose entities have keys of the service', async () => {
      const tables = [
        {
          name: 'notes',
          columns: [
            { name: 'id', kind: 'integer' as const, nullable: false, generated: true },
            { name: 'word', kind: 'text' as const },
          ],
          primaryKey: ['id'],
        },
      ];
      await service.sayTables(version, tablesMetadata(tables, version));
      const auth = { type: 'basic', username: service.username, password: service.password };
      const notes = await connect('sap_odata', `${service.url}/tables/${version}`, { auth });
      const template = await client.create([{ name: 'word', type: 'word' }], 'notes');
      const first = await push(notes, template, { entity: 'notes', count: 20, seed: 'other' });
      const run = await push(notes, template, { entity: 'notes', count: 40 });
      expect(run).toMatchObject({ state: 'done', result: { written: 40, keys: { made_by: 'system' } } });
      expect(await tryUndo(run.id)).toMatchObject({ reason: 'dry_run', removed: 40, edited: [] });
      expect(await undo(run.id)).toMatchObject({ state: 'done', result: { removed: 40 } });
      expect(await service.countOf(version, 'notes')).toBe(20);
      expect(await undo(first.id)).toMatchObject({ state: 'done', result: { removed: 20 } });
      expect(await service.countOf(version, 'notes')).toBe(0);
    });
  });

  it('from MongoDB, with keys of the template and of the system', async () => {
    const ferret: FerretServer = await startFerret();
    try {
      const url = `mongodb://${ferret.user}:${encodeURIComponent(ferret.password)}@127.0.0.1:${ferret.port}/${ferret.database}?authSource=${ferret.database}`;
      const connection = await connect('mongodb', url);
      const people = ferret.db.collection<{ _id: number; name?: string; city?: string }>('people');
      await people.insertOne({ _id: 7, name: 'Ann' });
      const given = await client.create([
        { name: '_id', type: 'sequence', options: { start: 100 } },
        { name: 'name', type: 'full_name' },
      ]);
      const run = await push(connection, given, { table: 'people', count: 1500 });
      expect(run).toMatchObject({ state: 'done', result: { written: 1500 } });
      await people.updateOne({ _id: 110 }, { $set: { name: 'by hand' } });
      expect(await tryUndo(run.id)).toMatchObject({ reason: 'rows_edited', edited: [{ columns: ['name'] }] });
      expect(await undo(run.id)).toMatchObject({ state: 'failed', error: { code: 'rows_edited' } });
      expect(await undo(run.id, { edited: 'keep' })).toMatchObject({ state: 'done', result: { removed: 1499 } });
      expect((await people.find().toArray()).map(({ _id }) => _id).sort()).toEqual([110, 7]);
      const made = await client.create([{ name: 'city', type: 'city' }], 'made');
      await ferret.db.collection('places').insertOne({ city: 'Old' });
      const second = await push(connection, made, { table: 'places', count: 300 });
      expect(second).toMatchObject({ state: 'done', result: { written: 300 } });
      expect(await undo(second.id)).toMatchObject({ state: 'done', result: { removed: 300 } });
      expect(await ferret.db.collection('places').countDocuments()).toBe(1);
    } finally {
      await ferret.stop();
    }
  }, 900_000);

  it('is refused of a REST system: how it removes rows nobody has said', async () => {
    const target: RestTarget = await startRestTarget();
    try {
      const connection = await connect('rest', target.url, { options: { path: 'people' } });
      const run = await push(connection, await client.create([{ name: 'id', type: 'sequence' }], 'rest'), { count: 5 });
      expect(run).toMatchObject({ state: 'done' });
      const { body } = await client.get<Record<string, unknown>>(`/runs/${run.id}/receipt`);
      expect(body).toMatchObject({ rows: 5, undoable: { code: 'system_removes_nothing' } });
      const refused = await client.post(`/runs/${run.id}/undo`, {});
      expect(expectError(refused, 409, 'conflict')).toMatchObject([{ code: 'run_not_undoable' }]);
    } finally {
      await target.stop();
    }
  });

  describe('from a REST system that has said how it removes rows', () => {
    const rows = new Map<string, Readonly<Record<string, unknown>>>();
    const asked: string[] = [];
    let system: Server;
    let url: string;
    beforeAll(async () => {
      let next = 1;
      system = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const [path = '', query] = (request.url ?? '').split('?');
        asked.push(`${request.method} ${path}`);
        const id = decodeURIComponent(path.split('/').at(-1) ?? '');
        if (request.method === 'DELETE') return void response.writeHead(rows.delete(id) ? 204 : 404).end();
        if (request.method !== 'POST') return void response.end('{}');
        const key = `p ${next++}/ä`;
        rows.set(key, JSON.parse(Buffer.concat(chunks).toString()));
        const place = query?.startsWith('away')
          ? `https://elsewhere.example/api/people/1`
          : `/api/people/${encodeURIComponent(key)}`;
        response.writeHead(201, { 'content-type': 'application/json', location: place });
        // What was sent as its id is not the one that it gets.
        response.end(JSON.stringify({ data: query?.startsWith('mute') ? {} : { id: key } }));
      });
      system.listen(0, '127.0.0.1');
      await once(system, 'listening');
      url = `http://127.0.0.1:${(system.address() as AddressInfo).port}/api`;
    });
    afterAll(() => {
      system.closeAllConnections();
      system.close();
    });
    beforeEach(() => {
      rows.clear();
      rows.set('1', { id: 1 });
      asked.length = 0;
    });
    const people = () => client.create([{ name: 'id', type: 'sequence' }], `people ${connections}`);

    it.each([
      [{ path: '/people/{id}', id: '$.data.id' }],
      [{ path: 'people/{person}', id: '/data/id', method: 'DELETE' }],
      [{ location: true }],
    ])('by %j', async (way) => {
      const connection = await connect('rest', url, { options: { path: 'people', delete: way } });
      const run = await push(connection, await people(), { count: 25 });
      expect(run).toMatchObject({ state: 'done', result: { written: 25, keys: { made_by: 'system' } } });
      // What is said since does not count: the keys are those of the push.
      const other = { path: 'people', delete: { path: '/elsewhere/{id}' } };
      expect((await client.patch(`/connections/${connection}`, { options: other })).status).toBe(200);
      expect(await tryUndo(run.id)).toMatchObject({ reason: 'dry_run', removed: 25 });
      expect(rows.size).toBe(26);
      rows.delete([...rows.keys()][3] as string);
      expect(await undo(run.id)).toMatchObject({ state: 'done', result: { removed: 24, tables: [{ missing: 1 }] } });
      expect([...rows.keys()]).toEqual(['1']);
      expect(
        asked.filter((one) => one.startsWith('DELETE')).every((one) => one.startsWith('DELETE /api/people/p%20')),
      ).toBe(true);
      const again = await client.post(`/runs/${run.id}/undo`, {});
      expect(again.status).toBeLessThan(500);
    });

    it.each([
      ['mute', { path: '/people/{id}', id: '/data/id' }],
      ['away', { location: true }],
    ])('unless its answers do not say which they are (%s)', async (query, way) => {
      const connection = await connect('rest', url, { options: { path: `people?${query}`, delete: way } });
      const run = await push(connection, await people(), { count: 3 });
      expect(run).toMatchObject({ state: 'done', result: { written: 3 } });
      const refused = await client.post(`/runs/${run.id}/undo`, {});
      expect(expectError(refused, 409, 'conflict')).toMatchObject([{ code: 'run_not_undoable' }]);
      expect((await client.get<object>(`/runs/${run.id}/receipt`)).body).toMatchObject({
        undoable: { code: 'keys_not_kept' },
      });
      expect(rows.size).toBe(4);
    });

    it('is not said in ways that lead elsewhere', async () => {
      for (const way of [
        { path: '/people' },
        { path: '/../{id}' },
        { path: '/{a}/{b}' },
        { location: false },
        { path: '/p/{id}', id: 'x' },
      ]) {
        const wrong = await client.post('/connections', { name: 'wrong', type: 'rest', url, options: { delete: way } });
        expect(expectError(wrong, 422, 'validation_error')).toMatchObject([{ code: 'invalid_connection' }]);
      }
    });
  });
});
