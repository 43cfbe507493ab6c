import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ODataService, startODataService } from '../../../connectors/src/sap-odata/testing/start-odata-service.ts';
import type { Client } from '../testing/client.ts';
import { startOn, type TestServer } from '../testing/servers.ts';

interface Made {
  readonly template: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
  readonly notices: readonly { readonly code: string; readonly subject: string; readonly message: string }[];
}

describe('templates of entity sets', () => {
  let server: TestServer;
  let client: Client;
  let system: ODataService;
  beforeAll(async () => {
    system = await startODataService();
    server = await startOn('external', { privateTargets: ['127.0.0.0/8'] });
    client = server.client;
  });
  afterAll(async () => {
    await server?.close();
    await system?.stop();
  });

  it.each(['v2', 'v4'])('of OData %s make rows that go in', async (version) => {
    const { username, password } = system;
    const connection = await client.post<{ id: string }>('/connections', {
      name: version,
      type: 'sap_odata',
      url: `${system.url}/${version}`,
      auth: { type: 'basic', username, password },
    });
    expect(connection.text).toContain('"verified"');
    const { id } = connection.body;
    const { tables } = (await client.get<{ tables: { name: string }[] }>(`/connections/${id}/metadata`)).body;
    for (const { name } of tables) {
      const path = `/connections/${id}/metadata/template?table=${encodeURIComponent(name)}&references=none`;
      const made = await client.get<Made>(path);
      expect(made.status, made.text).toBe(200);
      expect(
        made.body.notices.filter(
          ({ code }) => !['foreign_key', 'key_by_column', 'generated_column', 'identity_column'].includes(code),
        ),
      ).toEqual([]);
      const kept = await client.post<{ id: string }>('/templates', made.body.template);
      expect(kept.status, kept.text).toBe(201);
      const order = { table: name, template_id: kept.body.id, count: 20 };
      const pushed = await client.post<object>(`/connections/${id}/rows`, order);
      expect(pushed.body, name).toMatchObject({ sent: 20, written: 20, failed: 0 });
    }
  });
});
