import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import { Dialer, type Resolve } from './dialer.ts';
import { OutboundPolicy } from './outbound-policy.ts';
import { LOOPBACK_SPELLINGS } from './testing/loopback-spellings.ts';

const PUBLIC = '93.184.216.34';
const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'connected',
    (error: ConnectionError) => error.problem ?? String(error),
  );

describe('the way out', () => {
  let canary: Server;
  let port: number;
  let hits = 0;
  beforeAll(async () => {
    canary = createServer((socket) => {
      hits++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
    port = (canary.address() as { port: number }).port;
  });
  beforeEach(() => {
    hits = 0;
  });
  afterAll(() => new Promise((resolve) => canary.close(resolve)));

  const closed = new Dialer(new OutboundPolicy());

  it.each(LOOPBACK_SPELLINGS)('does not reach this machine by %j', async (host) => {
    expect(['target_not_allowed', 'dns', 'invalid_config']).toContain(await problemOf(closed.dial({ host, port })));
    expect(hits).toBe(0);
  });

  it('reaches it when the operator has opened it', async () => {
    const open = new Dialer(new OutboundPolicy(['127.0.0.0/8', '::1']));
    for (const host of ['127.0.0.1', '::1', '[::1]', '::ffff:127.0.0.1', '127.1', '0x7f000001']) {
      const socket = await open.dial({ host, port });
      socket.destroy();
    }
  });

  it('goes to the address that it has checked, though the name means another one a moment later', async () => {
    const asked: string[] = [];
    const rebinding: Resolve = async (host) => {
      asked.push(host);
      return [asked.length % 2 === 1 ? PUBLIC : '127.0.0.1'];
    };
    const dialer = new Dialer(new OutboundPolicy(), rebinding);
    for (let i = 0; i < 500; i++) {
      const before = asked.length;
      const work =
        i % 2 === 0
          ? dialer.addressesOf({ host: 'rebind.example', port })
          : dialer.dial({ host: 'rebind.example', port });
      const result = await problemOf(work);
      expect(result).toBe(i % 2 === 0 ? 'connected' : 'target_not_allowed');
      expect(asked.length - before).toBe(1);
    }
    expect(hits).toBe(0);
  });

  it('goes nowhere when any address of a name is closed', async () => {
    const addresses = fc.shuffledSubarray([PUBLIC, '2606:4700::1111', '8.8.8.8'], { minLength: 0 });
    const bad = fc.constantFrom(
      '127.0.0.1',
      '::1',
      '169.254.169.254',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      'nonsense',
      '',
    );
    await fc.assert(
      fc.asyncProperty(addresses, bad, fc.nat(3), async (good, one, at) => {
        const dialer = new Dialer(new OutboundPolicy(), async () => good.toSpliced(at, 0, one));
        expect(await problemOf(dialer.dial({ host: 'mixed.example', port }))).toBe('target_not_allowed');
      }),
    );
    expect(hits).toBe(0);
  });

  it('says that a name is not known, for an error and for no address', async () => {
    for (const resolve of [async () => [], async () => Promise.reject(new Error('ENOTFOUND'))] as Resolve[]) {
      expect(await problemOf(new Dialer(new OutboundPolicy(), resolve).dial({ host: 'nowhere.example', port }))).toBe(
        'dns',
      );
    }
  });

  it('tries the next address when one does not answer', async () => {
    const open = new Dialer(new OutboundPolicy(['127.0.0.0/8', '::1']), async () => ['127.0.0.2', '::1', '127.0.0.1']);
    (await open.dial({ host: 'several.example', port })).destroy();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const only = (other.address() as { port: number }).port;
    (await open.dial({ host: 'several.example', port: only })).destroy();
    await new Promise((resolve) => other.close(resolve));
    expect(await problemOf(open.dial({ host: 'several.example', port: only }))).toBe('refused');
  });

  it('gives up in time, and when it is told to', async () => {
    // A look-up that never ends.
    const silent = new Dialer(new OutboundPolicy(), () => new Promise(() => undefined));
    expect(await problemOf(silent.dial({ host: 'silent.example', port }, { timeoutMs: 20 }))).toBe('timeout');
    const stop = new AbortController();
    const work = silent.dial({ host: 'silent.example', port }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    await expect(silent.dial({ host: 'x.example', port }, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it.each([
    '',
    'a b',
    'a/b',
    'user@host',
    'a\0b',
    'a\r\nb',
    'a%20b',
    `${'a'.repeat(254)}`,
    '/var/run/socket',
    'file:///etc',
  ])('takes no %j for a host', async (host) => {
    expect(await problemOf(closed.dial({ host, port }))).toBe('invalid_config');
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])('takes no %s for a port', async (wrong) => {
    expect(await problemOf(closed.dial({ host: PUBLIC, port: wrong }))).toBe('invalid_config');
  });
});
