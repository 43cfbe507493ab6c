import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATAMAKER, datamaker, execute, temporaryFolder } from '../testing/run-datamaker.ts';
import { type ScenarioServer, startScenarioServer } from '../testing/scenario-server.ts';

let server: ScenarioServer;
beforeAll(async () => {
  server = await startScenarioServer();
});
afterAll(() => server?.close());

const [command, ...words] = DATAMAKER;
const PATH = process.env.PATH ?? '';

async function connect(mode: 'auto' | 'legacy'): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const env = { PATH, DM_URL: server.url, DM_API_KEY: server.key };
  await client.connect(new StdioClientTransport({ command, args: [...words, 'mcp'], env, cwd: temporaryFolder() }));
  return client;
}

describe('datamaker mcp', () => {
  it.each(['auto', 'legacy'] as const)('gives a stock client the tools of a server (%s)', async (mode) => {
    const client = await connect(mode);
    expect(client.getNegotiatedProtocolVersion()).toBe(mode === 'auto' ? '2026-07-28' : '2025-11-25');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('get_usage');
    const called = await Promise.all(
      [1, 2, 3].map((count) =>
        client.callTool({ name: 'save_set', arguments: { name: `s${count}`, rows: [{ count }] } }),
      ),
    );
    expect(called).toEqual(Array(3).fill(expect.objectContaining({ structuredContent: expect.anything() })));
    await client.close();
  });

  it('answers what was asked before the end of stdin, and writes nothing else', async () => {
    const lines = [
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
      },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 'two', method: 'tools/call', params: { name: 'get_usage', arguments: {} } },
      { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'nothing' } },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno json\n`;
    const { code, stdout, stderr } = await execute(
      ['env', `DM_API_KEY=${server.key}`, ...DATAMAKER, 'mcp', '--url', `${server.url}/mcp`],
      { input },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; result?: object; error?: { code: number } });
    expect(answers.find(({ id }) => id === 1)).toMatchObject({ result: { protocolVersion: '2025-06-18' } });
    expect(answers.find(({ id }) => id === 'two')).toMatchObject({
      result: { structuredContent: { data: { role: 'owner' } } },
    });
    expect(answers.find(({ id }) => id === 3)).toMatchObject({ error: { code: -32602 } });
    expect(answers.find(({ id }) => id === null)).toMatchObject({ error: { code: -32700 } });
    expect(answers).toHaveLength(4);
  });

  it('tells the client of a key that is wrong, and of a server that is not there', async () => {
    const line = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`;
    const wrong = await datamaker(['mcp', '--url', server.url, '--key', 'dmk_owner_wrong'], { input: line });
    expect(JSON.parse(wrong.stdout.toString())).toMatchObject({ id: 1, error: { data: { code: 'unauthorized' } } });
    const absent = await datamaker(['mcp', '--url', 'http://127.0.0.1:1', '--key', 'x'], { input: line });
    expect(JSON.parse(absent.stdout.toString())).toMatchObject({
      id: 1,
      error: { message: expect.stringContaining('cannot be reached') },
    });
    expect(await datamaker(['mcp', '--url', 'ftp://x'], { input: line })).toMatchObject({ code: 2 });
    expect(await datamaker(['mcp'], { input: line })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('DM_API_KEY'),
    });
  });
});
