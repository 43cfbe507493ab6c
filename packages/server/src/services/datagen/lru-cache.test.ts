import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LruCache } from './lru-cache.ts';

it('keeps what was asked for last, as much as fits', () => {
  const cache = new LruCache<string, number>(10, (weight) => weight);
  cache.set('a', 4);
  cache.set('b', 4);
  expect(cache.get('a')).toBe(4);
  cache.set('c', 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([4, undefined, 4]);
  cache.set('d', 11);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined, undefined]);
});

it('agrees with a list that is searched', () => {
  const step = fc.record({ key: fc.integer({ min: 0, max: 5 }), weight: fc.option(fc.integer({ min: 0, max: 6 })) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const cache = new LruCache<number, number>(10, (weight) => weight);
      let list: (readonly [key: number, weight: number])[] = [];
      for (const { key, weight } of steps) {
        const known = list.find(([other]) => other === key);
        if (weight === null) {
          expect(cache.get(key)).toBe(known?.[1]);
          if (known === undefined) continue;
        } else cache.set(key, weight);
        list = [...list.filter(([other]) => other !== key), [key, weight ?? (known?.[1] as number)]];
        while (list.reduce((sum, [, one]) => sum + one, 0) > 10) list.shift();
      }
      for (const key of [0, 1, 2, 3, 4, 5]) expect(cache.get(key)).toBe(list.find(([other]) => other === key)?.[1]);
    }),
  );
});
