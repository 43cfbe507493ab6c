import { expect, it } from 'vitest';
import { loadClient } from './load-client.ts';

it('says with one line how a client that is missing is installed', async () => {
  const missing = ['@datamaker', 'no-such-client'].join('/');
  await expect(loadClient(() => import(missing), '@redis/client')).rejects.toMatchObject({
    code: 'client_missing',
    hint: 'npm install @redis/client',
  });
});

it('leaves other errors as they are', async () => {
  await expect(loadClient(() => Promise.reject(new TypeError('other')), '@redis/client')).rejects.toThrow(TypeError);
});
