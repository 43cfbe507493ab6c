import {
  Client,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';

/** How a client of the Model Context Protocol can speak with a server over HTTP. */
export const DOORS = ['2026', '2025', 'sse'] as const;
export type Door = (typeof DOORS)[number];

/** The official client, connected through a door with a key. */
export async function connectClient(
  url: string,
  key: string,
  door: Door,
  headers: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const modern = { versionNegotiation: { mode: 'auto' } } as const;
  const client = new Client({ name: 'test', version: '1' }, door === '2026' ? modern : {});
  await client.connect(transportOf(url, { authorization: `Bearer ${key}`, ...headers }, door));
  return client;
}

function transportOf(url: string, headers: Readonly<Record<string, string>>, door: Door): Transport {
  const options = { requestInit: { headers: { ...headers } } };
  if (door !== 'sse') return new StreamableHTTPClientTransport(new URL('/mcp', url), options);
  return new SSEClientTransport(new URL('/mcp/sse', url), options);
}
