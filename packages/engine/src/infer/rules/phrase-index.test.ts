import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singular } from '../normalise/singular.ts';
import { PhraseIndex } from './phrase-index.ts';

const WORDS = ['order', 'orders', 'date', 'dates', 'status', 'type', 'of', 'birth'];
const word = fc.constantFrom(...WORDS);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const entries = fc.array(fc.record({ names: fc.array(phrase, { minLength: 1, maxLength: 3 }) }), { maxLength: 12 });
const name = fc.array(word, { minLength: 1, maxLength: 5 });

type Entry = { readonly names: readonly string[] };

/** What stands before `end`, by trying every phrase. */
function expected(all: readonly Entry[], words: readonly string[], end: number): [string, boolean, Entry[]][] {
  const found: [string, boolean, Entry[]][] = [];
  for (let start = 0; start < end; start++) {
    const written = words.slice(start, end);
    const inSingular = [...written.slice(0, -1), singular(written.at(-1) as string)];
    for (const tried of [written, inSingular]) {
      const called = all.filter(({ names }) => names.includes(tried.join(' ')));
      if (called.length === 0) continue;
      found.push([written.join(' '), tried !== written, called]);
      break;
    }
  }
  return found;
}

describe('PhraseIndex', () => {
  it('finds every phrase that a name ends in, the longest first, without its plural where it is not there with it', () => {
    fc.assert(
      fc.property(entries, name, (all, words) => {
        const found = new PhraseIndex(all).ending(words);
        expect(found.map(({ phrase, plural, entries }) => [phrase, plural, entries])).toEqual(
          expected(all, words, words.length),
        );
        for (const { length, place } of found) expect(place).toBe(length === words.length ? 'whole' : 'end');
      }),
    );
  });

  it('looks in front of the end where nothing that ends the name fits', () => {
    fc.assert(
      fc.property(entries, name, fc.constantFrom('end', 'start', 'middle'), (all, words, only) => {
        const found = new PhraseIndex(all).find(words, (_, place) => place === only || only === 'middle');
        let end = words.length;
        const fits = (at: number): boolean => {
          const there = expected(all, words, at);
          if (only === 'middle') return there.length > 0;
          return there.some(([each]) => {
            const isAtStart = each.split(' ').length === at;
            return only === 'end' ? at === words.length && !isAtStart : at < words.length && isAtStart;
          });
        };
        while (end > 0 && !fits(end)) end--;
        expect(found.length > 0).toBe(end > 0);
        for (const { phrase } of found) expect(words.slice(0, end).join(' ').endsWith(phrase)).toBe(true);
      }),
    );
  });

  it('knows the entries of one word in either number, whatever other indexes were asked before', () => {
    fc.assert(
      fc.property(entries, entries, word, (some, others, asked) => {
        const index = new PhraseIndex(some);
        const other = new PhraseIndex(others);
        for (const [each, all] of [
          [index, some],
          [other, others],
        ] as const)
          expect(each.ofWord(asked)).toEqual(expected(all, [asked], 1)[0]?.[2] ?? []);
      }),
    );
  });
});
