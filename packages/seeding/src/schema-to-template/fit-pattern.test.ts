import { textsOfPattern } from '@datamaker/engine/import';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { likePattern } from '../check/like-pattern.ts';
import { fitPattern } from './fit-pattern.ts';

it.each([
  ['AB%', 0, Number.POSITIVE_INFINITY, '^AB[a-z]{2,6}$'],
  ['AB%', 0, 6, '^AB[a-z]{2,4}$'],
  ['AB%', 6, 6, '^AB[a-z]{4}$'],
  ['AB%', 0, 2, '^AB[a-z]{0}$'],
  ['%@%', 6, 9, '^[a-z]{3,4}@[a-z]{2,4}$'],
  ['_-%', 0, 3, '^[a-z]-[a-z]{1}$'],
  ['AB%', 0, 1, undefined],
])('texts like %s of %i to %i characters are %s', (like, least, most, fitted) => {
  expect(fitPattern(likePattern(like), least, most)?.replaceAll('{1}', '')).toBe(fitted?.replaceAll('{1}', ''));
});

it('what is no row of characters is left alone', () => {
  for (const pattern of ['a|b', '^(ab)+$', 'ab', '^a(?=b)$']) expect(fitPattern(pattern, 0, 3)).toBeUndefined();
});

it('all texts match the pattern and have the length', () => {
  const atom = fc.constantFrom('a', '[b-d]', '\\d', '\\.', 'é');
  const times = fc.constantFrom('', '?', '*', '+', '{2}', '{1,3}', '{2,}', '{0,4}');
  const pattern = fc.array(fc.tuple(atom, times), { minLength: 1, maxLength: 5 });
  const property = (parts: [string, string][], least: number, room: number): void => {
    const given = `^${parts.map((part) => part.join('')).join('')}$`;
    const fitted = fitPattern(given, least, least + room);
    if (fitted === undefined) return;
    const texts = textsOfPattern(fitted);
    expect(texts?.minLength).toBeGreaterThanOrEqual(least);
    expect(texts?.maxLength).toBeLessThanOrEqual(least + room);
    // Narrower, part by part.
    const open = [...fitted.matchAll(/(\\.|\[[^\]]*\]|[^\\{}^$])(?:\{(\d+)(?:,(\d+))?\})?/gu)];
    for (const [at, [atomOf = '', quantifier]] of parts.entries()) {
      const [, shown, from = '1', to = from] = open[at] ?? [];
      expect(shown).toBe(atomOf);
      for (const count of [Number(from), Number(to)])
        expect(new RegExp(`^(?:x)${quantifier}$`).test('x'.repeat(count))).toBe(true);
    }
  };
  fc.assert(fc.property(pattern, fc.nat(12), fc.nat(12), property));
});
