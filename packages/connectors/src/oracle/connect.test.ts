import { createServer } from 'node:net';
import oracledb from 'oracledb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import { allTextOf, errorOf } from '../testing/contract/workbench.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { oracle } from './connector.ts';
import { startTnsListener, type TnsAnswer, type TnsListener } from './testing/tns-listener.ts';

const PASSWORD = 'S3CRET-pä$$';
const listeners: TnsListener[] = [];
let tls: SelfSigned;

beforeAll(() => {
  tls = selfSigned('good.example');
});
afterEach(() => Promise.all(listeners.splice(0).map((one) => one.stop())));
afterAll(() => tls.remove());

async function listenerOf(answer: TnsAnswer, own?: typeof tls): Promise<TnsListener> {
  const listener = await startTnsListener(answer, own);
  listeners.push(listener);
  return listener;
}

const dialler = (looked: string[] = []): Dialer =>
  new Dialer(new OutboundPolicy(['127.0.0.0/8']), async (host) => {
    looked.push(host);
    if (host.endsWith('.invalid')) throw new Error('no such host');
    return ['127.0.0.1'];
  });

interface Said {
  readonly host?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly dialer?: Dialer;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

async function open(port: number, { host = '127.0.0.1', options, ...more }: Said = {}): Promise<unknown> {
  const url = `oracle://maker:${encodeURIComponent(PASSWORD)}@${host}:${port}/shop`;
  const { config, secrets } = oracle.parse({ url, options });
  return await oracle.open(config, { dialer: dialler(), secrets, readOnly: false, timeoutMs: 2000, ...more });
}

describe('connecting to Oracle', () => {
  it.each([
    [12514, 'database'],
    [12505, 'database'],
    [12516, 'refused'],
  ] as const)('says what a listener says: %d', async (number, problem) => {
    const listener = await listenerOf({ refuse: number });
    const error = await errorOf(open(listener.port));
    expect(error).toMatchObject({ problem });
    expect(allTextOf(error)).not.toContain(PASSWORD);
    expect(listener.asked[0]).toContain('(CONNECT_DATA=(SERVICE_NAME=shop)');
  });

  it('asks for a SID when it is one', async () => {
    const listener = await listenerOf({ refuse: 12505 });
    await errorOf(open(listener.port, { options: { isSid: true } }));
    expect(listener.asked[0]).toContain('(CONNECT_DATA=(SID=shop)');
  });

  it('looks names up by the dialer, and goes where a listener sends it on to as far as that is allowed', async () => {
    const second = await listenerOf({ refuse: 12514 });
    const first = await listenerOf({ redirect: { host: '127.0.0.1', port: second.port } });
    const looked: string[] = [];
    expect(await errorOf(open(first.port, { host: 'db.example', dialer: dialler(looked) }))).toMatchObject({
      problem: 'database',
    });
    expect(new Set(looked)).toEqual(new Set(['db.example']));
    expect(second.asked).toHaveLength(1);
    const closed = await listenerOf({ redirect: { host: '169.254.169.254', port: 80 } });
    expect(await errorOf(open(closed.port))).toMatchObject({ problem: 'target_not_allowed' });
  });

  it('is not sent on without end', async () => {
    const redirect = { host: '127.0.0.1', port: 1 };
    const listener = await listenerOf({ redirect });
    redirect.port = listener.port;
    expect(await errorOf(open(listener.port))).toMatchObject({ problem: 'protocol' });
    expect(listener.asked.length).toBeLessThan(10);
  });

  it('encrypts and checks who answers', async () => {
    const listener = await listenerOf({ refuse: 12514 }, tls);
    const known = (mode: string, host = 'good.example') =>
      errorOf(open(listener.port, { host, options: { tls: { mode, ca: tls.cert } } }));
    expect(await known('verify-full')).toMatchObject({ problem: 'database' });
    expect(await known('verify-ca', 'other.example')).toMatchObject({ problem: 'database' });
    expect(await known('verify-full', 'other.example')).toMatchObject({ problem: 'tls' });
    const options = { tls: { mode: 'require' } };
    expect(await errorOf(open(listener.port, { options }))).toMatchObject({ problem: 'database' });
    const strict = { tls: { mode: 'verify-full' } };
    expect(await errorOf(open(listener.port, { host: 'good.example', options: strict }))).toMatchObject({
      problem: 'tls',
    });
    const bare = await listenerOf({ refuse: 12514 });
    expect(await errorOf(open(bare.port, { options }))).toMatchObject({
      problem: expect.stringMatching(/tls|timeout/),
    });
    expect(bare.asked).toEqual([]);
  });

  it('says when nobody is there, nobody answers, or somebody else does', async () => {
    const listener = await listenerOf({ refuse: 12514 });
    const dialer = new Dialer(new OutboundPolicy());
    expect(await errorOf(open(listener.port, { dialer }))).toMatchObject({ problem: 'target_not_allowed' });
    await listener.stop();
    expect(await errorOf(open(listener.port))).toMatchObject({ problem: 'refused' });
    expect(await errorOf(open(listener.port, { host: 'x.invalid' }))).toMatchObject({ problem: 'dns' });
    for (const [answer, problems] of [
      ['', ['timeout']],
      ['HTTP/1.1 400 Bad Request\r\n\r\n', ['protocol', 'broken', 'timeout']],
    ] as const) {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        if (answer !== '') socket.write(answer);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      expect(problems).toContain((await errorOf(open(port, { timeoutMs: 300 }))).problem);
      const stop = new AbortController();
      server.once('connection', () => stop.abort(new Error('enough')));
      expect((await errorOf(open(port, { signal: stop.signal }))).message).toBe('enough');
      server.close();
    }
  });

  it('leaves the driver as it is for everybody else', async () => {
    const listener = await listenerOf({ refuse: 12514 });
    await errorOf(open(listener.port));
    const own = oracledb.getConnection({ user: 'a', password: 'b', connectString: `127.0.0.1:${listener.port}/other` });
    expect((await errorOf(own)).message).toContain('NJS-518');
    expect(listener.asked).toHaveLength(2);
  });

  it.each([
    'oracle://maker@db.example:1521',
    'oracle://maker@db.example/shop)(PORT=22',
    'oracle://maker@db.example/shop?wallet_location=/etc',
    'oracle://db.example/shop',
    'oracle://maker[admin]@db.example/shop',
    'oracle://maker@db.example/shop?tls=maybe',
  ])('refuses %s', (url) => {
    expect(() => oracle.parse({ url })).toThrow(expect.objectContaining({ problem: 'invalid_config' }));
  });
});
