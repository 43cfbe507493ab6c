import { expect, it } from 'vitest';
import { startOn } from '../../testing/servers.ts';
import { lookIntoStore } from './look-into-store.ts';

it('looks into the bundled database of a server that runs, and leaves one that rests', async () => {
  const server = await startOn('bundled');
  try {
    await server.client.create([{ name: 'id', type: 'sequence' }]);
    expect(await lookIntoStore(undefined, server.dataDirectory)).toMatchObject({
      postgres: expect.stringMatching(/^\d+\.\d+/),
      pending: [],
      tables: { template: { rows: expect.any(Number), bytes: expect.any(Number) } },
      queue: { lanes: expect.any(Array), workers: expect.any(Object) },
    });
  } finally {
    await server.close();
  }
  expect(await lookIntoStore(undefined, server.dataDirectory)).toEqual({
    unread: expect.stringContaining('no server'),
  });
});

it('tells of one that it cannot read no more than the code', async () => {
  const told = await lookIntoStore('postgres://geheimnis:geheimnis@127.0.0.1:1/geheimnis', '/nowhere');
  expect(told).toEqual({ unread: 'ECONNREFUSED' });
});
