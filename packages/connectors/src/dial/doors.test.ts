import { createServer as createHttpServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput, ConnectionType } from '../connector.ts';
import { loadConnector } from '../connectors.ts';
import { Dialer } from './dialer.ts';
import { OutboundPolicy } from './outbound-policy.ts';
import { LOOPBACK_SPELLINGS } from './testing/loopback-spellings.ts';

interface Door {
  readonly type: ConnectionType;
  readonly input: (host: string) => ConnectionInput;
  /** What a system that may be spoken with answers, where it leads on. */
  readonly answer?: (host: string, response: ServerResponse, path: string) => void;
}

let canary: Server;
let peer: HttpServer;
let [port, own, reached] = [0, 0, 0];
let answer: (response: ServerResponse, path: string) => void = () => undefined;
let connected = 0;

beforeAll(async () => {
  canary = createServer((socket) => {
    reached++;
    socket.destroy();
  }).listen(0, '::');
  peer = createHttpServer((request, response) => {
    connected++;
    try {
      answer(response, request.url ?? '');
    } catch {
      // A header cannot say it.
      response.destroy();
    }
  }).listen(0, '127.0.0.1');
  await Promise.all([canary, peer].map((server) => new Promise((resolve) => server.once('listening', resolve))));
  port = (canary.address() as AddressInfo).port;
  own = (peer.address() as AddressInfo).port;
});
beforeEach(() => {
  reached = 0;
  connected = 0;
});
afterAll(() => {
  canary.close();
  peer.close();
  peer.closeAllConnections();
});

const basic = { type: 'basic', username: 'test', password: 'x' };
const here = (): string => `http://127.0.0.1:${own}`;
const client = (tokenUrl: string) => ({ token_url: tokenUrl, client_id: 'c', client_secret: 's' });
const oauth = (tokenUrl: string) => ({ type: 'oauth2_client_credentials', ...client(tokenUrl) });
const destination = (service: string, token: string) => ({
  type: 'destination',
  name: 'd',
  service_url: service,
  ...client(token),
});
const json = (response: ServerResponse, body: unknown): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const token = (response: ServerResponse): void =>
  json(response, { access_token: 't', token_type: 'bearer', expires_in: 60 });

const DOORS: Readonly<Record<string, Door>> = {
  'postgres, the URL': { type: 'postgres', input: (host) => ({ url: `postgres://${host}:${port}/db`, auth: basic }) },
  'mysql, the URL': { type: 'mysql', input: (host) => ({ url: `mysql://${host}:${port}/db`, auth: basic }) },
  'mongodb, the URL': { type: 'mongodb', input: (host) => ({ url: `mongodb://${host}:${port}/db`, auth: basic }) },
  'mssql, the URL': { type: 'mssql', input: (host) => ({ url: `mssql://${host}:${port}/db`, auth: basic }) },
  'oracle, the URL': { type: 'oracle', input: (host) => ({ url: `oracle://${host}:${port}/db`, auth: basic }) },
  'rest, the URL': { type: 'rest', input: (host) => ({ url: `http://${host}:${port}` }) },
  'rest, the URL, encrypted': { type: 'rest', input: (host) => ({ url: `https://${host}:${port}` }) },
  'rest, the OpenAPI document': {
    type: 'rest',
    input: (host) => ({ url: `http://${host}:${port}`, options: { openapi: `http://${host}:${port}/openapi.json` } }),
  },
  'rest, the token': { type: 'rest', input: (host) => ({ url: here(), auth: oauth(`http://${host}:${port}/token`) }) },
  'rest, where it leads to': {
    type: 'rest',
    input: () => ({ url: here() }),
    answer: (host, response) => void response.writeHead(307, { location: `http://${host}:${port}/` }).end(),
  },
  'sap_odata, the URL': { type: 'sap_odata', input: (host) => ({ url: `http://${host}:${port}/sap`, auth: basic }) },
  'sap_odata, where it leads to': {
    type: 'sap_odata',
    input: () => ({ url: `${here()}/sap` }),
    answer: (host, response) => void response.writeHead(302, { location: `http://${host}:${port}/` }).end(),
  },
  'sap_odata, the destination service': {
    type: 'sap_odata',
    input: (host) => ({ url: '/sap', auth: destination(`http://${host}:${port}`, `${here()}/token`) }),
    answer: (_host, response) => token(response),
  },
  'sap_odata, the token of the destination service': {
    type: 'sap_odata',
    input: (host) => ({ url: '/sap', auth: destination(here(), `http://${host}:${port}/token`) }),
  },
  'sap_odata, the destination': {
    type: 'sap_odata',
    input: () => ({ url: '/sap', auth: destination(here(), `${here()}/token`) }),
    answer: (host, response, path) =>
      path.startsWith('/token')
        ? token(response)
        : json(response, {
            destinationConfiguration: {
              URL: `http://${host}:${port}`,
              ProxyType: 'Internet',
              Authentication: 'NoAuthentication',
            },
          }),
  },
};

/** What is said before anybody is connected to: any other problem tells that somebody was, or that it was tried. */
const SHUT = ['target_not_allowed', 'invalid_config'];
/** What is said of an answer that leads to something that is no URL, or that no header can hold. */
const NO_URL = ['protocol', 'broken'];

describe('the doors to other systems', () => {
  it('are tried with at least 300 spellings', () => {
    expect(LOOPBACK_SPELLINGS.length).toBeGreaterThanOrEqual(300);
  });

  it.each(Object.keys(DOORS))('do not lead to this machine, however it is written: %s', async (name) => {
    const door = DOORS[name] as Door;
    const connector = await loadConnector(door.type);
    // Whatever is no address is a name of this machine; only the system that leads on may be spoken with.
    const dialer = new Dialer(new OutboundPolicy([`127.0.0.1:${own}`]), async () => ['127.0.0.1']);
    const problems = new Map<string, number>();
    for (const host of LOOPBACK_SPELLINGS) {
      answer = (response, path) =>
        door.answer === undefined ? void response.writeHead(404).end() : door.answer(host, response, path);
      const problem = await (async () => {
        const { url, auth, options } = door.input(host);
        const http = door.type === 'rest' || door.type === 'sap_odata' ? { retries: 0 } : {};
        const { config, secrets } = connector.parse({ url, auth, options: { ...options, ...http } });
        const session = await connector.open(config, { dialer, secrets, readOnly: false, timeoutMs: 2000 });
        try {
          await session.introspect();
          await session.verify();
        } finally {
          await session.close();
        }
        return 'connected';
      })().catch((error: ConnectionError) => error.problem ?? String(error));
      expect(door.answer === undefined ? SHUT : [...SHUT, ...NO_URL], `by ${host}`).toContain(problem);
      problems.set(problem, (problems.get(problem) ?? 0) + 1);
    }
    expect(reached).toBe(0);
    // About half of them are no URLs; all others are refused for where they lead, and not for another reason before that.
    expect(problems.get('target_not_allowed') ?? 0, JSON.stringify([...problems])).toBeGreaterThan(180);
    if (door.answer !== undefined) expect(connected).toBeGreaterThan(180);
  });
});
