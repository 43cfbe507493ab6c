import { describe, expect, it } from 'vitest';
import { canMakeNetworks, freeNetwork, makeNetworkHost } from './network-hosts.ts';

describe('networks of hosts', () => {
  it('are those that nobody has', () => {
    expect(freeNetwork(['127.0.0.1', '198.18.10.1'])).toBe('198.18.0');
    const all = Array.from({ length: 512 }, (_, n) => `198.${18 + (n >> 8)}.${n & 255}.9`);
    expect(freeNetwork(all.slice(0, 300))).toBe('198.19.44');
    expect(() => freeNetwork(all)).toThrow('all networks');
  });

  it.skipIf(!canMakeNetworks())('are not given twice, also to those who ask at once', async () => {
    const hosts = await Promise.all([1, 2, 3].map(() => makeNetworkHost('/nowhere')));
    expect(new Set(hosts.map(({ address }) => address)).size).toBe(3);
    for (const host of hosts) await host.remove();
  });
});
