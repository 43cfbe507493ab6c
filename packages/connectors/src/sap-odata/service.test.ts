import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput } from '../connector.ts';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import { type RestServer, startRestServer } from '../rest/testing/start-rest-server.ts';
import type { BatchOutcome, Session } from '../session.ts';
import { sapODataConnector } from './connector.ts';

/** What Olingo does not do: services that lack something, break, or stand behind a destination. */
const METADATA = readFileSync(
  new URL('../../../../test/odata-service/src/main/resources/sales.v4.edmx', import.meta.url),
  'utf8',
);
const MATERIALS = { schema: '', name: 'Materials' };
const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const thrown = (work: Promise<unknown>): Promise<ConnectionError> =>
  work.then(
    () => expect.unreachable('nothing was thrown'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ConnectionError);
      return error as ConnectionError;
    },
  );

let server: RestServer;
let answer: (
  method: string,
  path: string,
  headers: Record<string, unknown>,
) => [number, unknown, Record<string, string>?] | undefined;
const sessions: Session[] = [];
beforeEach(async () => {
  server = await startRestServer();
  answer = () => undefined;
  server.intercept = async ({ method, url, headers, raw }, reply) => {
    const [path = ''] = url.split('?');
    const said = answer(method, path, headers);
    if (said !== undefined) {
      const [status, body, more = {}] = said;
      return status === 0 ? raw.socket.destroy() : reply.status(status).headers(more).send(body);
    }
    if (path.endsWith('/$metadata')) return reply.type('application/xml').send(METADATA);
    if (method === 'GET') return reply.headers({ 'x-csrf-token': 'T' }).send({ value: [] });
    return reply.status(201).send({});
  };
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await server.stop();
});
async function open(input: Partial<ConnectionInput> = {}): Promise<Session> {
  const { config, secrets } = sapODataConnector.parse({ url: `${server.url}/sap/SRV`, ...input });
  const session = await sapODataConnector.open(config, { dialer, secrets, readOnly: false });
  sessions.push(session);
  return session;
}
const rows = (count: number) => [Array.from({ length: count }, (_, i) => ({ Material: `M${i}` }))];
const part = (status: number): string =>
  ['--b', 'Content-Type: application/http', '', `HTTP/1.1 ${status} X`, '', '{}', ''].join('\r\n');
const batch = (...statuses: number[]): [number, string, Record<string, string>] => [
  200,
  `${statuses.map(part).join('')}--b--`,
  { 'content-type': 'multipart/mixed; boundary=b' },
];

describe('a service', () => {
  it('is signed for, and nobody whom a redirect leads to', async () => {
    const other = await startRestServer();
    const seen: unknown[] = [];
    other.intercept = ({ headers }, reply) => {
      seen.push(headers.authorization);
      return reply.send({ value: [], '@odata.nextLink': 'Materials?page=2' });
    };
    let asked = 0;
    answer = (_method, path, { authorization }) => {
      if (!path.endsWith('/Materials')) return undefined;
      expect(authorization).toBe('Bearer t');
      return asked++ === 0 ? [302, '', { location: `${other.url}/Materials` }] : [200, { value: [] }];
    };
    const session = await open({ auth: { type: 'bearer', token: 't' } });
    for await (const _ of session.read({ table: MATERIALS }));
    expect([seen, asked]).toEqual([[undefined], 2]);
    await other.stop();
  });

  it('without $batch is sent each row by itself', async () => {
    answer = (_method, path) => (path.endsWith('$batch') ? [501, ''] : undefined);
    expect(await (await open()).insert(MATERIALS, rows(5), { batchSize: 3 })).toMatchObject({ sent: 5, written: 5 });
    const posts = server.log.filter((line) => line.startsWith('POST'));
    expect(posts.filter((line) => line.includes('$batch'))).toHaveLength(1);
    expect(posts.filter((line) => line.includes('/Materials'))).toHaveLength(5);
  });

  it('that stops at the first refusal is sent the rest again', async () => {
    const answers = [batch(201, 400), batch(201, 201, 400), batch(201)];
    answer = (_method, path) => (path.endsWith('$batch') ? answers.shift() : undefined);
    const report = await (await open()).insert(MATERIALS, rows(6));
    expect(report).toMatchObject({ sent: 6, written: 4, failed: 2 });
    expect(report.failures.map(({ row }) => row)).toEqual([1, 4]);
  });

  it('that breaks inside a batch leaves its rows unknown, and says how many were kept before', async () => {
    let count = 0;
    answer = (_method, path) =>
      path.endsWith('$batch') ? (++count === 2 ? [0, ''] : batch(201, 201, 201)) : undefined;
    const batches: BatchOutcome[] = [];
    const work = (await open()).insert(MATERIALS, rows(9), { batchSize: 3, onBatch: (one) => batches.push(one) });
    expect(await thrown(work)).toMatchObject({ problem: 'unknown_outcome', written: 3 });
    expect(batches.map(({ sent, written, failures }) => [sent, written, failures.length])).toEqual([
      [3, 3, 0],
      [3, 0, 3],
    ]);
    expect(count).toBe(2);
  });

  it('that answers a batch with fewer parts, or with none, is not taken for one that kept the rows', async () => {
    answer = (_method, path) => (path.endsWith('$batch') ? batch() : undefined);
    expect((await thrown((await open()).insert(MATERIALS, rows(2)))).problem).toBe('unknown_outcome');
    for (const said of [
      [200, '{"responses":[]}'],
      [502, 'Bad gateway'],
      [500, ''],
    ] as const) {
      answer = (_method, path) => (path.endsWith('$batch') ? [...said] : undefined);
      expect((await thrown((await open()).insert(MATERIALS, rows(2)))).problem).toBe('unknown_outcome');
    }
    answer = (method) => (method === 'POST' ? [504, ''] : undefined);
    const row = { SoldToParty: 'x', to_Item: [] };
    const deep = (await open()).insertDeep?.({ schema: '', name: 'SalesOrders' }, row);
    expect((await thrown(deep as Promise<unknown>)).problem).toBe('unknown_outcome');
    const report = await (await open({ options: { mode: 'row' } })).insert(MATERIALS, rows(1));
    const message = '504: whether the row was kept is not known';
    expect(report.failures).toEqual([{ row: 0, status: 504, message, isOpen: true }]);
  });

  it('asks for its client and language in each request', async () => {
    const session = await open({ options: { client: '100', language: 'EN', mode: 'row' } });
    await session.insert(MATERIALS, rows(1), {});
    expect(server.log.every((line) => line.includes('sap-client=100&sap-language=EN'))).toBe(true);
  });

  it('that gives no tokens is asked once for them, and one that refuses the person is told as such', async () => {
    answer = (method) =>
      method === 'GET' ? undefined : [403, '{"error":{"code":"A/1","message":"No authorization"}}'];
    const error = await thrown((await open({ options: { mode: 'row' } })).insert(MATERIALS, rows(5)));
    expect(error).toMatchObject({ problem: 'permission', message: 'No authorization (403, A/1)' });
  });

  it.each<[Partial<ConnectionInput>, string]>([
    [{ url: '/sap/SRV' }, 'https://host'],
    [{ options: { version: 'v3' } }, 'version'],
    [{ options: { client: '1' } }, 'client'],
    [{ options: { language: 'EN&x=y' } }, 'language'],
    [{ auth: { type: 'destination', name: 'S4' } }, 'service_url'],
  ])('is not described by %j', (input, message) => {
    expect(() => sapODataConnector.parse({ url: 'https://host/sap', ...input })).toThrow(message);
  });
});

describe('a destination of BTP', () => {
  const auth = () => ({
    type: 'destination',
    name: 'S4 Cloud',
    service_url: server.url,
    token_url: `${server.url}/oauth/token`,
    client_id: 'c',
    client_secret: 'cl1ent',
  });
  const destination =
    (body: Record<string, unknown>): typeof answer =>
    (_method, path, { authorization }) => {
      if (path === '/oauth/token') return [200, { access_token: 'dest', expires_in: 3600 }];
      if (path !== '/destination-configuration/v1/destinations/S4%20Cloud') return undefined;
      return authorization === 'Bearer dest' ? [200, body] : [401, ''];
    };

  it('says where the system is and how one signs in', async () => {
    const seen: unknown[] = [];
    for (const [configuration, tokens, authorization] of [
      [
        { Authentication: 'BasicAuthentication', User: 'u', Password: 'p' },
        [{ type: 'Basic', value: 'dTpw', http_header: { key: 'Authorization', value: 'Basic dTpw' } }],
        'Basic dTpw',
      ],
      [{ Authentication: 'BasicAuthentication', User: 'u', Password: 'p' }, undefined, 'Basic dTpw'],
      [
        { Authentication: 'OAuth2ClientCredentials' },
        [{ type: 'bearer', value: 't', expires_in: '3600', http_header: { key: 'Authorization', value: 'Bearer t' } }],
        'Bearer t',
      ],
      [{ Authentication: 'NoAuthentication', 'sap-client': '200' }, undefined, undefined],
    ] as const) {
      const found = destination({
        destinationConfiguration: {
          Name: 'S4 Cloud',
          Type: 'HTTP',
          URL: `${server.url}/base/`,
          ProxyType: 'Internet',
          'URL.headers.X-Own': 'o',
          ...configuration,
        },
        authTokens: tokens,
      });
      answer = (method, path, headers) => {
        if (path.endsWith('$metadata')) seen.push([path, headers['authorization'], headers['x-own']]);
        return found(method, path, headers);
      };
      await (await open({ url: '/sap/SRV', auth: auth() })).verify();
      expect(seen.pop()).toEqual(['/base/sap/SRV/$metadata', authorization, 'o']);
    }
    expect(server.log.at(-1)).toContain('sap-client=200');
  });

  it.each([
    [{ destinationConfiguration: { URL: 'http://x', ProxyType: 'OnPremise' } }, 'Cloud Connector'],
    [{ destinationConfiguration: { URL: 'http://x', Authentication: 'PrincipalPropagation' } }, 'needs a person'],
    [{ destinationConfiguration: { URL: 'http://x' }, authTokens: [{ error: 'secret reason' }] }, 'got no token'],
    [{ owner: {} }, 'without the URL'],
  ])('that cannot be used is told as such (%#)', async (body, message) => {
    answer = destination(body);
    const error = await thrown(open({ url: '/sap/SRV', auth: auth() }));
    expect(error.message).toContain(message);
    expect(error.message).not.toMatch(/secret|cl1ent/);
  });

  it('leads nowhere but to its own host', async () => {
    answer = destination({
      destinationConfiguration: { URL: 'https://other.example', Authentication: 'NoAuthentication' },
    });
    expect((await thrown(open({ auth: auth() }))).message).toContain('another host');
    answer = (_method, path) => (path === '/oauth/token' ? [401, { error: 'invalid_client' }] : undefined);
    expect((await thrown(open({ url: '/sap/SRV', auth: auth() }))).problem).toBe('auth');
  });
});
