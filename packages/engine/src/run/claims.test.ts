import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Claims, claimsBuffer } from './claims.ts';

describe('claims of shards', () => {
  it('tell the reader, in order, who has which, however lanes come to them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 3 }))), (turns) => {
        const buffer = claimsBuffer();
        const [lanes, reader] = [new Claims(buffer), new Claims(buffer)];
        const owners: number[] = [];
        let read = 0;
        for (const [lane, reads] of turns) {
          expect(lanes.claim(lane)).toBe(owners.length);
          owners.push(lane);
          for (let i = 0; i < reads && read < owners.length; i++) expect(reader.takeOwnerOf(read)).toBe(owners[read++]);
        }
        while (read < owners.length) expect(reader.takeOwnerOf(read)).toBe(owners[read++]);
      }),
    );
  });

  it('go on for ever', () => {
    const claims = new Claims(claimsBuffer());
    for (let shard = 0; shard < 20_000; shard++) {
      if (shard % 500 === 0) expect(claims.takeOwnerOf(shard)).toBeUndefined();
      expect(claims.claim(shard % 7)).toBe(shard);
      expect(claims.takeOwnerOf(shard)).toBe(shard % 7);
    }
  });

  it('wake a reader that is ahead of the lanes', async () => {
    const buffer = claimsBuffer();
    const [lanes, reader] = [new Claims(buffer), new Claims(buffer)];
    expect(reader.takeOwnerOf(0)).toBeUndefined();
    const waiting = reader.untilOwned(0);
    lanes.claim(5);
    await waiting;
    expect(reader.takeOwnerOf(0)).toBe(5);
  });
});
