import { describe, expect, it } from 'vitest';
import { batched } from './batched.ts';

const item = (text: string) => ({ hash: Buffer.from(text) });

describe('lookups at once', () => {
  it('share a query, each with what it asked for', async () => {
    const asked: string[][] = [];
    const find = batched(async (hashes) => {
      asked.push(hashes.map(String));
      return hashes.filter((hash) => String(hash) !== 'nobody').map((hash) => item(String(hash)));
    });
    const found = await Promise.all(['a', 'b', 'nobody', 'b'].map((text) => find(Buffer.from(text))));
    expect(found.map((one) => one?.hash.toString())).toEqual(['a', 'b', undefined, 'b']);
    expect(asked).toEqual([['a'], ['b', 'nobody']]);
  });

  it('are not answered by a query that began before', async () => {
    const rows = new Set(['a']);
    const gate = Promise.withResolvers<void>();
    let queries = 0;
    const find = batched(async (hashes) => {
      const seen = hashes.filter((hash) => rows.has(String(hash))).map((hash) => item(String(hash)));
      if (++queries === 1) await gate.promise;
      return seen;
    });
    const before = find(Buffer.from('a'));
    rows.delete('a');
    const after = find(Buffer.from('a'));
    gate.resolve();
    expect(await before).toBeDefined();
    expect(await after).toBeUndefined();
  });

  it('fail together with their query, and only with it', async () => {
    let queries = 0;
    const find = batched(async (hashes) => {
      if (++queries === 2) throw new Error('gone');
      return hashes.map((hash) => item(String(hash)));
    });
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((text) => find(Buffer.from(text))));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await find(Buffer.from('d'))).toBeDefined();
  });
});
