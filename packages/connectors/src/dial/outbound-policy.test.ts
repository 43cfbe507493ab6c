import { BlockList } from 'node:net';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import data from './data/closed-ranges.json' with { type: 'json' };
import { OutboundPolicy } from './outbound-policy.ts';

const policy = new OutboundPolicy();

describe('which addresses may be connected to', () => {
  it.each([
    ['93.184.216.34', undefined],
    ['8.8.8.8', undefined],
    ['2606:4700::1111', undefined],
    ['::ffff:8.8.8.8', undefined],
    ['64:ff9b::808:808', undefined],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', undefined],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.1.1', 'link_local'],
    ['169.254.169.254', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['fe80::1', 'link_local'],
    ['fd12:3456::1', 'private'],
    ['ff02::1', 'multicast'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    // IPv4 addresses inside IPv6 ones.
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['0:0:0:0:0:ffff:7f00:0001', 'loopback'],
    ['::127.0.0.1', 'loopback'],
    ['::ffff:0:127.0.0.1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['2002:7f00:1::', 'loopback'],
    ['2002:a00:1::1', 'private'],
    ['2a00::5efe:10.0.0.1', 'private'],
    ['2a00::200:5efe:a9fe:a9fe', 'metadata'],
    ['fe80::1%eth0', 'not_an_address'],
    ['localhost', 'not_an_address'],
    ['127.1', 'not_an_address'],
    ['', 'not_an_address'],
  ])('%s is %s', (address, kind) => {
    expect(policy.problemOf(address, 443)).toBe(kind);
  });

  it('agrees with the lists of Node on every address', () => {
    const lists = { 4: new BlockList(), 16: new BlockList() };
    for (const { range } of data.ranges) {
      const [network = '', prefix] = range.split('/');
      lists[network.includes(':') ? 16 : 4].addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
    }
    const nearEdges = fc
      .constantFrom(...data.ranges.map(({ range }) => range.split('/')[0] as string))
      .filter((a) => !a.includes(':'));
    const ipv4 = fc.oneof(
      fc.ipV4(),
      fc.tuple(nearEdges, fc.integer({ min: -2, max: 2 })).map(([network, by]) => {
        const number = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + by;
        return [24, 16, 8, 0].map((shift) => Math.floor(((number % 2 ** 32) + 2 ** 32) / 2 ** shift) % 256).join('.');
      }),
    );
    fc.assert(
      fc.property(ipv4, (address) => {
        expect(policy.problemOf(address, 80) !== undefined).toBe(lists[4].check(address));
        expect(policy.problemOf(`::ffff:${address}`, 80) !== undefined).toBe(lists[4].check(address));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (lists[16].check(address, 'ipv6')) expect(policy.problemOf(address, 80)).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('can be opened by the operator, as far as is said', () => {
    const open = new OutboundPolicy(['10.1.0.0/16', '127.0.0.1:5432', '[fd00::/8]:5432', '::1']);
    expect(open.problemOf('10.1.2.3', 80)).toBeUndefined();
    expect(open.problemOf('::ffff:10.1.2.3', 80)).toBeUndefined();
    expect(open.problemOf('10.2.0.1', 80)).toBe('private');
    expect(open.problemOf('127.0.0.1', 5432)).toBeUndefined();
    expect(open.problemOf('127.0.0.1', 5433)).toBe('loopback');
    expect(open.problemOf('127.0.0.2', 5432)).toBe('loopback');
    expect(open.problemOf('fd00::1', 5432)).toBeUndefined();
    expect(open.problemOf('fd00::1', 80)).toBe('private');
    expect(open.problemOf('::1', 80)).toBeUndefined();
    expect(open.problemOf('8.8.8.8', 80)).toBeUndefined();
  });

  it('keeps what gives credentials away closed, unless that one address is named', () => {
    const wide = new OutboundPolicy(['0.0.0.0/0', '::/0']);
    expect(wide.problemOf('127.0.0.1', 80)).toBeUndefined();
    expect(wide.problemOf('169.254.169.254', 80)).toBe('metadata');
    expect(wide.problemOf('64:ff9b::a9fe:a9fe', 80)).toBe('metadata');
    expect(wide.problemOf('fd00:ec2::254', 80)).toBe('metadata');
    expect(wide.problemOf('224.0.0.1', 80)).toBe('multicast');
    expect(wide.problemOf('0.0.0.0', 80)).toBe('unspecified');
    expect(new OutboundPolicy(['169.254.169.254']).problemOf('169.254.169.254', 80)).toBeUndefined();
  });

  it("keeps the program's own ports closed whatever is opened", () => {
    const policy = new OutboundPolicy(
      ['0.0.0.0/0', '::/0', '127.0.0.1'],
      [{ port: 3000 }, { port: 5432, address: '10.0.0.9' }],
    );
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '0.0.0.0']) {
      expect(policy.problemOf(address, 3000)).toBe('own_port');
    }
    expect(policy.problemOf('10.0.0.9', 5432)).toBe('own_port');
    expect(policy.problemOf('::ffff:10.0.0.9', 5432)).toBe('own_port');
    expect(policy.problemOf('10.0.0.9', 5433)).toBeUndefined();
    expect(policy.problemOf('127.0.0.1', 3001)).toBeUndefined();
  });

  it("keeps the program's own ports closed at every address of the machine", () => {
    const policy = new OutboundPolicy(
      ['0.0.0.0/0', '::/0', '0.0.0.0', '127.0.0.1'],
      [
        { port: 3000 },
        { port: 5432, address: '127.0.0.1' },
        { port: 5433, address: '10.0.0.5' },
        { port: 5434, address: '10.9.9.9' },
      ],
      () => ['127.0.0.1', '10.0.0.5', 'fd00::5', 'fe80::5'],
    );
    const here = ['10.0.0.5', '::ffff:10.0.0.5', '64:ff9b::a00:5', 'fd00::5', 'fe80::5', '0.0.0.0', '::', '127.0.0.1'];
    for (const address of here) {
      for (const port of [3000, 5432, 5433])
        expect([address, port, policy.problemOf(address, port)]).toContain('own_port');
      expect(policy.problemOf(address, 5434)).not.toBe('own_port');
    }
    for (const port of [3000, 5432, 5433]) expect(policy.problemOf('10.0.0.6', port)).toBeUndefined();
    expect(policy.problemOf('10.9.9.9', 5434)).toBe('own_port');
  });

  it('knows the addresses of the machine that it runs on', () => {
    const all = Object.values(networkInterfaces()).flatMap((some) => (some ?? []).map(({ address }) => address));
    const policy = new OutboundPolicy(['0.0.0.0/0', '::/0'], [{ port: 3000 }]);
    expect(all.length).toBeGreaterThan(0);
    for (const address of all) expect(policy.problemOf(address, 3000)).toBe('own_port');
  });

  it.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0/8',
    '::ffff:10.0.0.0/104',
    '10.0.0.1:0',
    '10.0.0.1:99999',
    '[::1',
    'a/8',
  ])('refuses to open %j', (range) => {
    expect(() => new OutboundPolicy([range])).toThrow('is no address range');
  });
});
