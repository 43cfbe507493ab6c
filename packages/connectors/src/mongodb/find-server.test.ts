import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { Target } from '../dial/dialer.ts';
import { findServer, type Hello, lookUpService } from './find-server.ts';

const RS = { directConnection: false, replicaSet: 'rs0' };
const at = (host: string): Target => ({ host, port: 27_017 });

/** Servers by their names; those that are not there refuse. */
function world(servers: Record<string, Hello>) {
  const opened: string[] = [];
  const closed: string[] = [];
  const open = async ({ host }: Target) => {
    opened.push(host);
    const hello = servers[host];
    if (hello === undefined) throw new ConnectionError('refused', `${host} cannot be reached`);
    return { hello, close: async () => void closed.push(host) };
  };
  return { open, opened, closed };
}

describe('the server to work with', () => {
  it('is the primary that a member names, and others are left again', async () => {
    const { open, opened, closed } = world({
      b: { isWritablePrimary: false, setName: 'rs0', primary: 'c:27017', hosts: ['b:27017', 'c:27017', 'd:27017'] },
      c: { isWritablePrimary: true, setName: 'rs0' },
    });
    const { hello } = await findServer(RS, [at('a'), at('b')], open);
    expect(hello.isWritablePrimary).toBe(true);
    expect([opened, closed]).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('is the one that is named when it is connected to directly', async () => {
    const { open, opened } = world({ b: { isWritablePrimary: false, setName: 'rs0', primary: 'c:27017' } });
    await findServer({ directConnection: true, replicaSet: undefined }, [at('b')], open);
    expect(opened).toEqual(['b']);
  });

  it('is of the set that was asked for', async () => {
    const { open } = world({ a: { isWritablePrimary: true, setName: 'other' } });
    await expect(findServer(RS, [at('a')], open)).rejects.toMatchObject({
      problem: 'database',
      hint: expect.stringContaining('other'),
    });
  });

  it('is looked for until all are asked, once each', async () => {
    const { open, opened } = world({
      a: { setName: 'rs0', hosts: ['a:27017', 'A:27017', 'b:27017'], primary: 'b:27017' },
      b: { setName: 'rs0', hosts: ['a:27017', 'b:27017', 'nonsense', '[::1]:1'] },
    });
    await expect(findServer(RS, [at('a')], open)).rejects.toMatchObject({ problem: 'refused' });
    expect(opened).toEqual(['a', 'b', '::1']);
  });

  it('is looked for among the first of many that a member names', async () => {
    const { open, opened } = world({
      a: { setName: 'rs0', hosts: Array.from({ length: 500_000 }, (_, i) => `h${i}:1`) },
    });
    await expect(findServer(RS, [at('a')], open)).rejects.toMatchObject({ problem: 'refused' });
    expect(opened).toHaveLength(50);
  });

  it('is not looked for without end', async () => {
    let asked = 0;
    const open = async () => {
      asked++;
      return { hello: { setName: 'rs0', hosts: [`h${asked}:1`] }, close: async () => undefined };
    };
    await expect(findServer(RS, [at('a')], open)).rejects.toMatchObject({ problem: 'busy' });
    expect(asked).toBe(50);
  });

  it('is not looked for with credentials that one of them refuses', async () => {
    const asked: string[] = [];
    const open = async ({ host }: Target) => {
      asked.push(host);
      throw new ConnectionError('auth', 'no');
    };
    await expect(findServer(RS, [at('a'), at('b')], open)).rejects.toMatchObject({ problem: 'auth' });
    expect(asked).toEqual(['a']);
  });
});

describe('a service', () => {
  const records = (hosts: string[], txt: string[][] = []) => ({
    srv: async (name: string) => {
      expect(name).toBe('_mongodb._tcp.cluster0.abc.example.com');
      return hosts.map((host, i) => ({ name: host, port: 27_017 + i }));
    },
    txt: async () => txt,
  });
  const name = 'cluster0.abc.example.com';

  it('is looked up by its records', async () => {
    const found = await lookUpService(
      name,
      records(['S1.abc.example.com.', 's2.abc.example.com'], [['authSource=users&', 'replicaSet=rs0']]),
    );
    expect(found).toEqual({
      hosts: [
        { host: 's1.abc.example.com', port: 27_017 },
        { host: 's2.abc.example.com', port: 27_018 },
      ],
      authSource: 'users',
      replicaSet: 'rs0',
    });
  });

  it.each(['evil.com', 'xabc.example.com', 'abc.example.com', '127.0.0.1', 's.abc.example.com.evil.com'])(
    'has no hosts of another domain: %s',
    async (host) => {
      await expect(lookUpService(name, records(['s1.abc.example.com', host]))).rejects.toMatchObject({
        problem: 'protocol',
      });
    },
  );

  it('that is not there is said to be so', async () => {
    await expect(lookUpService(name, records([]))).rejects.toMatchObject({ problem: 'dns' });
    const broken = { srv: () => Promise.reject(new Error('ENOTFOUND')), txt: async () => [] };
    await expect(lookUpService(name, broken)).rejects.toMatchObject({ problem: 'dns' });
  });
});
