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
});
