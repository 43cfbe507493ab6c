import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../connectors/src/testing/start-postgres.ts';
import { type Authority, allows, type Role } from '../../security/permissions.ts';
import { connectClient } from '../../testing/mcp/connect-client.ts';
import { type Found, JOURNEY } from '../../testing/mcp/journey.ts';
import { join } from '../../testing/people.ts';
import { PlainSandbox } from '../../testing/plain-sandbox.ts';
import { startOn, type TestServer } from '../../testing/servers.ts';
import { toolNamed } from '../../tools/tools.ts';

const DDL = `
  CREATE TABLE person (id integer PRIMARY KEY, full_name text NOT NULL);
  CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text)`;

interface Answer {
  readonly isError?: boolean;
  readonly structuredContent?: { readonly data: Readonly<Record<string, unknown>> };
  readonly content: readonly { readonly text: string }[];
}

let target: PostgresServer;
let server: TestServer;
/** What the owner gave each tool: everything that it names is there. */
const asked: { readonly tool: string; readonly given: Record<string, unknown> }[] = [];
beforeAll(async () => {
  target = await startPostgres();
  await target.query(DDL);
  server = await startOn('bundled', { privateTargets: ['127.0.0.1'], sandbox: new PlainSandbox() });
  const client = await connectClient(server.client.url, server.key, '2026');
  const url = `postgres://test:${encodeURIComponent(target.password)}@127.0.0.1:${target.port}/postgres`;
  const found: Found = { name: 'rights', url };
  for (const { tool, give, keep } of JOURNEY) {
    // Who may delete it would leave nothing for others.
    const given = tool === 'delete_template' ? { template: 'tmpl_absent' } : give(found);
    if (!asked.some((one) => one.tool === tool)) asked.push({ tool, given });
    const { structuredContent } = (await client.callTool({ name: tool, arguments: given })) as Answer;
    keep?.(structuredContent?.data ?? {}, found);
  }
  await client.close();
}, 300_000);
afterAll(async () => {
  await server?.close();
  await target?.stop();
});

/** The code of what a call failed of; undefined: it did not. */
const codeOf = ({ isError, content }: Answer): string | undefined =>
  isError === true ? (JSON.parse(content[0]?.text ?? '') as { error: { code: string } }).error.code : undefined;

describe('what a key may do by a tool is what it may do by the API', () => {
  it.each([
    ['viewer', {}],
    ['member', {}],
    ['owner', { readOnly: true }],
    ['owner', { for: 'mcp' }],
    ['owner', { scopes: ['read', 'run'] }],
    ['owner', { scopes: ['read', 'push'] }],
    ...(process.env['FULL'] === '1'
      ? ([
          ['admin', {}],
          ['owner', {}],
          ['owner', { scopes: ['read'] }],
          ['owner', { scopes: ['read', 'admin'] }],
          ['member', { scopes: ['read', 'generate', 'run', 'push', 'admin'] }],
        ] as const)
      : []),
  ] as const)(
    '%s, with a key %j',
    async (role: Role, given: object) => {
      const { key } = role === 'owner' ? server : await join(server.client, role);
      const own = server.client.as(key);
      const { body } =
        Object.keys(given).length > 0
          ? await own.post<Authority & { key: string }>('/keys', { name: role, ...given })
          : { body: { key, readOnly: false, scopes: null } };
      const { readOnly, scopes } = body;
      const client = await connectClient(server.client.url, body.key, '2026');
      const shown = new Set((await client.listTools()).tools.map(({ name }) => name));
      const wrong: string[] = [];
      for (const { tool, given } of asked) {
        const may = allows({ role, readOnly, scopes }, toolNamed(tool)?.permission ?? 'own');
        if (shown.has(tool) !== may) wrong.push(`${tool} is ${may ? 'not ' : ''}listed`);
        const code = codeOf((await client.callTool({ name: tool, arguments: given })) as Answer);
        if ((code === 'forbidden') === may) wrong.push(`${tool} is ${may ? '' : 'not '}refused: ${code}`);
      }
      expect(wrong).toEqual([]);
      await client.close();
    },
    120_000,
  );

  it('nothing of another workspace, or of another project for a key of one', async () => {
    const { body: project } = await server.client.post<{ id: string }>('/projects', { name: 'other' });
    const { body } = await server.client.post<{ key: string }>('/keys', { name: 'other', projectId: project.id });
    const client = await connectClient(server.client.url, body.key, '2026');
    const names = /^(template|connection|run|scenario|name)$/;
    const makes = /^(create|save|write|list|template_from_schema)|^datagen/;
    for (const { tool, given } of asked) {
      if (makes.test(tool) || !Object.keys(given).some((key) => names.test(key))) continue;
      const code = codeOf((await client.callTool({ name: tool, arguments: given })) as Answer);
      expect({ tool, code }).toEqual({ tool, code: 'not_found' });
    }
    await client.close();
  });
});
