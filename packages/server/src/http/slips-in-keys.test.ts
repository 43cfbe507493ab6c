import { afterAll, beforeAll, expect, it } from 'vitest';
import { newApiKey } from '../security/api-key.ts';
import { Cursors } from '../security/cursor.ts';
import { newDatagenKey } from '../security/datagen-key.ts';
import { MaskKeys } from '../security/mask-keys.ts';
import { buildApp } from './app.ts';

let app: Awaited<ReturnType<typeof buildApp>>;
let asked = 0;
beforeAll(async () => {
  const store = new Proxy({}, { get: () => () => void asked++ });
  app = await buildApp({
    store: store as never,
    cursors: new Cursors('x'),
    maskKeys: new MaskKeys('x'),
    vault: {} as never,
    pepper: 'x',
    logLevel: 'silent',
    blobs: {} as never,
    files: {} as never,
    runs: {} as never,
    programs: {} as never,
    connections: {} as never,
    ready: Promise.resolve(),
  });
});
afterAll(() => app?.close());

const ask = (url: string, key: string) => app.inject({ url, headers: { 'x-api-key': key } });

it.each(['/templates', '/api/v1/usage'])(
  'a key with a slip in it is refused by %s without asking the database',
  async (url) => {
    const before = asked;
    for (const key of [newApiKey('owner'), newDatagenKey('free')]) {
      for (let at = 0; at <= key.length; at++) {
        const changed = key[at] === 'Q' ? 'R' : 'Q';
        const slips = [changed + key.slice(at + 1), changed + key.slice(at), key.slice(at + 1)];
        for (const slip of slips.map((end) => key.slice(0, at) + end)) {
          if (slip !== key) expect([slip, (await ask(url, slip)).statusCode]).toEqual([slip, 401]);
        }
      }
    }
    expect(asked).toBe(before);
  },
);

it.each(['/templates', '/api/v1/usage'])('of a key that may be one %s asks the database', async (url) => {
  const before = asked;
  await ask(url, newApiKey('owner'));
  expect(asked).toBeGreaterThan(before);
});
