import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, DOORS, type Door } from '../../testing/mcp/connect-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';

interface Called {
  readonly isError?: boolean;
  readonly structuredContent?: { readonly untrusted: boolean; readonly truncated: boolean; readonly data: unknown };
  readonly content: readonly { readonly type: string; readonly text: string }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startOn('bundled');
});
afterAll(() => server?.close());

describe.each(DOORS)('a stock client (%s)', (door: Door) => {
  let client: Client;
  beforeAll(async () => {
    client = await connectClient(server.client.url, server.key, door);
  });
  afterAll(() => client?.close());

  it('agrees on the revision it speaks', () => {
    const spoken = { '2026': '2026-07-28', '2025': '2025-11-25', sse: '2025-11-25' };
    expect(client.getNegotiatedProtocolVersion()).toBe(spoken[door]);
  });

  it('lists tools, prompts and resources, and calls, gets and reads them', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('list_templates');
    const template = await server.client.create([{ name: 'id', type: 'sequence' }], `of ${door}`);
    const listed = (await client.callTool({ name: 'list_templates', arguments: { name: `of ${door}` } })) as Called;
    expect(listed.structuredContent).toMatchObject({
      untrusted: true,
      data: { templates: [{ id: template }], total: 1 },
    });
    const { prompts } = await client.listPrompts();
    expect(prompts).toHaveLength(3);
    const { resources } = await client.listResources();
    expect(resources).toHaveLength(3);
    const { contents } = await client.readResource({ uri: 'datagen://manifest/capabilities' });
    expect(JSON.parse((contents[0] as { text: string }).text)).toHaveProperty('api_version');
  });
});
