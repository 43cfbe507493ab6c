import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startValidatingServer,
  type ValidatingServer,
} from '../../../connectors/src/rest/testing/start-validating-server.ts';
import { type Client, expectError } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Operation {
  readonly name: string;
  readonly operation?: { readonly method: string; readonly path: string };
}

describe('templates of operations', () => {
  let server: TestServer;
  let client: Client;
  let system: ValidatingServer;
  beforeAll(async () => {
    system = await startValidatingServer();
    server = await startOn('external', { privateTargets: ['127.0.0.0/8'] });
    client = server.client;
  });
  afterAll(async () => {
    await server?.close();
    await system?.stop();
  });

  const create = (name: string, options: object) =>
    client.post<{ id: string }>('/connections', { name, type: 'rest', url: system.url, options });

  it('make rows that go to the path of each, as its document has them', async () => {
    const { id } = (await create('clinic', { openapi: 'openapi.json', verifyPath: 'openapi.json' })).body;
    const { tables } = (await client.get<{ tables: Operation[] }>(`/connections/${id}/metadata`)).body;
    expect(tables).toHaveLength(5);
    for (const { name, operation } of tables) {
      const query = `table=${encodeURIComponent(name)}`;
      const made = await client.get<{ template: object }>(`/connections/${id}/metadata/template?${query}`);
      expect(made.status).toBe(200);
      const kept = await client.post<{ id: string }>('/templates', {
        ...made.body.template,
        name: `of ${name.replace(/\W/g, '_')}`,
      });
      expect(kept.status, kept.text).toBe(201);
      system.taken.length = 0;
      const pushed = await client.post(`/connections/${id}/rows`, {
        table: name,
        template_id: kept.body.id,
        count: 40,
      });
      expect(pushed.body, name).toMatchObject({ sent: 40, written: 40, failed: 0 });
      const places = new Set(system.taken.map(({ route }) => route));
      expect(places).toEqual(new Set([`${operation?.method} ${operation?.path}`]));
    }
  });

  it('are created together', async () => {
    const { id } = (await create('whole clinic', { openapi: 'openapi.json', verifyPath: 'openapi.json' })).body;
    const made = await client.post<{ templates: object[]; leftOut: object[] }>(`/connections/${id}/templates`, {});
    expect(made.status, made.text).toBe(201);
    expect(made.body.templates).toHaveLength(5);
    expect(made.body.leftOut).toEqual([]);
  });

  it('are not there where no document tells of rows', async () => {
    const { id } = (await create('plain', { path: 'pets' })).body;
    const answer = await client.get(`/connections/${id}/metadata/template?table=pets`);
    expect(expectError(answer, 422, 'validation_error')).toMatchObject([{ code: 'table_missing', pointer: '/table' }]);
  });
});
