import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivationCount, wordAt } from './enumerate.ts';
import { parsePattern } from './parse.ts';
import { supportedPattern, tinyPattern } from './testing/pattern-arbitrary.ts';
import type { Node, Pattern } from './tree.ts';

function parsed(source: string): Pattern {
  const result = parsePattern(source);
  if (!result.ok) throw new Error(`${source}: ${JSON.stringify(result.diagnostics)}`);
  return result.value;
}

function words(pattern: Pattern): string[] {
  return Array.from({ length: Number(derivationCount(pattern.root)) }, (_, index) => wordAt(pattern, BigInt(index)));
}

/** The texts of a tree by the definition, as a multiset: one per derivation. */
function derive(node: Node): string[] {
  switch (node.kind) {
    case 'text':
      return [node.value];
    case 'class':
      return [...node.chars];
    case 'sequence':
      return node.items.reduce((done, item) => concat(done, derive(item)), ['']);
    case 'choice':
      return node.options.flatMap(derive);
    case 'repeat': {
      const item = derive(node.item);
      const all: string[] = [];
      let turn = [''];
      for (let turns = 0; turns <= node.max; turns++) {
        if (turns >= node.min) all.push(...turn);
        turn = concat(turn, item);
      }
      return all;
    }
  }
}

function concat(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((start) => right.map((end) => start + end));
}

const LIMIT = 3_000;
const small = supportedPattern
  .map(({ ours }) => parsePattern(ours))
  .filter((result) => result.ok && result.value.count <= LIMIT);

describe('wordAt', () => {
  it('turns the leftmost part fastest and puts fewer turns first', () => {
    expect(words(parsed('[ab](x|yz)'))).toEqual(['ax', 'bx', 'ayz', 'byz']);
    expect(words(parsed('[ab]{0,2}'))).toEqual(['', 'a', 'b', 'aa', 'ba', 'ab', 'bb']);
    expect(words(parsed('a{2,4}'))).toEqual(['aa', 'aaa', 'aaaa']);
  });

  it('gives every derivation once', () => {
    fc.assert(
      fc.property(small, (result) => {
        if (!result.ok) return;
        const expected = derive(result.value.root);
        expect(result.value.count).toBe(expected.length);
        expect(words(result.value).sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('reaches indexes far beyond 2^64', () => {
    const pattern = parsed('\\d{40}');
    expect(wordAt(pattern, 10n ** 40n - 1n)).toBe('9'.repeat(40));
    expect(wordAt(pattern, 12n)).toBe(`21${'0'.repeat(38)}`);
  });

  it('refuses an index outside the range', () => {
    const pattern = parsed('[ab]');
    expect(() => wordAt(pattern, 2n)).toThrow(RangeError);
    expect(() => wordAt(pattern, -1n)).toThrow(RangeError);
  });
});

describe('derivationCount', () => {
  it('stops at the cap', () => {
    const { root } = parsed('([a-z]{0,60}x){64}|y');
    expect(derivationCount(root, 1n << 64n)).toBe(1n << 64n);
    expect(derivationCount(parsed('[a-d]{1,2}').root, 20n)).toBe(20n);
    expect(derivationCount(parsed('[a-d]{1,2}').root, 21n)).toBe(20n);
    expect(derivationCount(parsed('[ab]|c{0,5}').root, 3n)).toBe(3n);
  });
});

describe('ambiguous', () => {
  it.each([
    '[A-Z]{2}-\\d{4}',
    '[a-z]{3,8}(\\.[a-z]{3,8})?@(example|test)\\.(com|org)',
    '(Mr|Mrs|Ms)\\.? [A-Z][a-z]{2,8}',
    '\\d{5}|\\d{5}-\\d{4}',
    '(\\+49|0)[1-9]\\d{2,4}/\\d{4,8}',
    '([0-9a-f]{2}:){5}[0-9a-f]{2}',
    '((25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]\\d|\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]\\d|\\d)',
    '(0[1-9]|1[0-2])/(0[1-9]|[12]\\d|3[01])',
    'AB(x|yz)\\d|A[C-Z](x|yz)\\d',
    'a*[b-z]+\\d?',
    '[a-z]+\\d{3}',
    '[a-z]*x',
  ])('is false for %s', (source) => {
    expect(parsed(source).ambiguous).toBe(false);
  });

  it.each([
    'a|a',
    'a*a*',
    '(a|ab)(c|bc)',
    '(a?){2}',
    '(a{1,2}){1,2}',
    '(a|a?)',
    '(ab|a|b){1,2}',
    '(x*)?',
    '[ab]|[bc]',
    'a?(|a)',
    '(a|)a?',
    '(a{1,2}c?|b)a?',
    '(a{1,2}a|c)a?',
    'a{1,2}b|aab',
  ])('is true for %s', (source) => {
    const pattern = parsed(source);
    expect(pattern.ambiguous).toBe(true);
    const all = words(pattern);
    expect(new Set(all).size).toBeLessThan(all.length);
  });

  it('is never false when two derivations give the same text', () => {
    const seen = { equal: 0, distinct: 0, cautious: 0 };
    fc.assert(
      fc.property(
        fc.oneof(
          tinyPattern,
          supportedPattern.map(({ ours }) => ours),
        ),
        (source) => {
          const result = parsePattern(source);
          if (!result.ok || result.value.count > LIMIT) return;
          const all = words(result.value);
          const repeated = new Set(all).size < all.length;
          if (repeated) expect(result.value.ambiguous).toBe(true);
          seen[repeated ? 'equal' : result.value.ambiguous ? 'cautious' : 'distinct']++;
        },
      ),
      { numRuns: 4_000 },
    );
    expect(Math.min(seen.equal, seen.distinct)).toBeGreaterThan(300);
    expect(seen.cautious).toBeLessThan(seen.distinct);
  });
});
