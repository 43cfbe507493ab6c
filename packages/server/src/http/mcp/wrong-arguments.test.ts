import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, DOORS } from '../../testing/mcp/connect-client.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { TOOLS } from '../../tools/tools.ts';

interface Refused {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
}
interface Told {
  readonly error: {
    readonly code: string;
    readonly hint: string;
    readonly details: readonly { readonly code: string; readonly pointer: string; readonly hint?: string }[];
  };
}

/** Above what a message may have: 8 MiB. */
const OVERSIZED = 'x'.repeat(9 * 1024 * 1024);

let server: TestServer;
beforeAll(async () => {
  server = await startOn('bundled');
});
afterAll(() => server?.close());

/** What one tells of a call that it refuses. */
const refusalOf = async (client: Client, name: string, given: Record<string, unknown>): Promise<Told['error']> => {
  const { isError, content } = (await client.callTool({ name, arguments: given })) as Refused;
  expect(isError, name).toBe(true);
  return (JSON.parse(content[0]?.text ?? '') as Told).error;
};

describe.each(DOORS)('arguments that no tool takes (%s)', (door) => {
  let client: Client;
  beforeAll(async () => {
    client = await connectClient(server.client.url, server.key, door);
  });
  afterAll(() => client?.close());

  it('are named, with those that there are, by every tool', async () => {
    for (const { name, input } of TOOLS) {
      const known = Object.keys(input.shape);
      const first = known[0] ?? 'nothing';
      const { code, hint, details } = await refusalOf(client, name, { [`${first}x`]: 1 });
      expect({ name, code }).toEqual({ name, code: 'validation_error' });
      const unknown = details.find((one) => one.code === 'unknown_key');
      expect({ name, unknown }).toMatchObject({ unknown: { pointer: `/${first}x` } });
      for (const key of known) expect(hint, name).toContain(key);
      if (known.length > 0) expect(unknown?.hint, name).toContain(JSON.stringify(first));
    }
  });

  it('are refused by their size before any tool sees them, and the session goes on', async () => {
    // Nothing of a tool is known yet where the size is looked at: all by one door, some by the others.
    for (const { name, input } of TOOLS.filter((_, i) => door === '2026' || i % 8 === 0)) {
      const key = Object.keys(input.shape)[0] ?? 'nothing';
      await expect(client.callTool({ name, arguments: { [key]: OVERSIZED } }), name).rejects.toThrow(
        /payload_too_large|413|larger/,
      );
    }
    expect((await client.listTools()).tools.length).toBe(TOOLS.length);
  }, 120_000);

  it('are told short, whatever their names are', async () => {
    for (const { name } of TOOLS) {
      const { details } = await refusalOf(client, name, { ['k'.repeat(100_000)]: 1, __proto__x: 1 });
      expect(JSON.stringify(details).length, name).toBeLessThan(4000);
    }
  });
});
