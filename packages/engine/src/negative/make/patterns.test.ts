import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivationCount, type Pattern, parsePattern, wordAt } from '../../regex/index.ts';
import { supportedPattern } from '../../regex/testing/pattern-arbitrary.ts';
import { mayMatch } from './match-tree.ts';
import { MAX_PLANNED_LENGTH, TextsOfLength } from './text-of-length.ts';
import { unmatch, unmatchSurely } from './unmatch.ts';

const sandbox = createContext({ pattern: /a/, word: '' });
const test = new Script('pattern.test(word)');

/** What V8 says, which backtracks and so gets a second; undefined when that is not enough. */
function inV8(source: string, word: string): boolean | undefined {
  Object.assign(sandbox, { pattern: new RegExp(`^(?:${source})$`, 'u'), word });
  try {
    return test.runInContext(sandbox, { timeout: 1000 }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return undefined;
  }
}

/** Patterns that we and V8 both take, with some of their texts. */
const patterns = supportedPattern
  .filter(({ ours, v8 }) => parsePattern(ours).ok && isV8(v8))
  .map((spelling) => {
    const parsed = parsePattern(spelling.ours);
    if (!parsed.ok) throw new Error('filtered out');
    const count = derivationCount(parsed.value.root);
    const words = [0n, count - 1n, count / 2n, count / 3n].map((index) => wordAt(parsed.value, index));
    return { ...spelling, pattern: parsed.value, words };
  });

function isV8(source: string): boolean {
  try {
    return new RegExp(`^(?:${source})$`, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const parse = (source: string): Pattern => {
  const parsed = parsePattern(source);
  if (!parsed.ok) throw new Error(source);
  return parsed.value;
};

const drawer = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

describe('a text that may match', () => {
  it('is every text of the pattern', () => {
    fc.assert(
      fc.property(patterns, ({ ours, pattern, words }) => {
        for (const word of words) expect(mayMatch(ours, pattern, word)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a+', 'a'.repeat(500), true],
    ['a{3,}b', `${'a'.repeat(50)}b`, true],
    ['a{1,8}', 'a'.repeat(9), false],
    ['a{2,10}', 'a'.repeat(11), false],
    ['(a|ab)(c|bcd)', 'abcd', true],
    ['(a|ab)(c|bcd)', 'abbc', false],
    ['(a+)+b', `${'a'.repeat(2000)}c`, false],
  ])('of %s', (source, text, expected) => {
    expect(mayMatch(source, parse(source), text)).toBe(expected);
  });
});

describe('a text made wrong', () => {
  it('is matched by no engine, and as long as before', () => {
    let made = 0;
    fc.assert(
      fc.property(patterns, fc.nat(), ({ ours, v8, pattern, words }, seed) => {
        const draw = drawer(seed);
        for (const word of words) {
          for (const wrong of [unmatch(ours, pattern, word, draw), unmatchSurely(ours, pattern, word)]) {
            if (wrong === undefined) continue;
            made++;
            expect([...wrong]).toHaveLength([...word].length);
            expect([ours, wrong, inV8(v8, wrong)]).not.toEqual([ours, wrong, true]);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(made).toBeGreaterThan(300);
  });

  it.each(['(.?){4096}', '((.+)+)+', '.{4000}x', '((((.{0,4}){0,8}){0,8}){0,16})', '(((a|b)+c?)+d?)+'])(
    'is given up on before a pattern takes long (%s)',
    (source) => {
      const pattern = parse(source);
      const word = wordAt(pattern, derivationCount(pattern.root) - 1n);
      const work = { left: 10_000 };
      const may = mayMatch(source, pattern, `${word}\u0000`, work);
      if (work.left < 0) expect(may).toBe(true);
      expect(unmatchSurely(source, pattern, word) ?? '').not.toBe(word);
      expect(unmatch(source, pattern, word, drawer(1)) ?? '').not.toBe(word);
    },
  );

  it('is found where there is one', () => {
    expect(unmatchSurely('[ -~]{3}', parse('[ -~]{3}'), 'abc')).toBeUndefined();
    expect(unmatchSurely('.*x', parse('.*x'), 'aax')).toBe('aa#');
  });
});

describe('a text of a length', () => {
  it('matches, and is as long as asked for', () => {
    fc.assert(
      fc.property(patterns, fc.nat(30), fc.nat(), ({ v8, pattern, words }, length, seed) => {
        const texts = new TextsOfLength(pattern.root, length);
        if (!texts.any) {
          for (const word of words) expect([...word]).not.toHaveLength(length);
          return;
        }
        const text = texts.text(drawer(seed));
        expect([...text]).toHaveLength(length);
        expect([v8, text, inV8(v8, text)]).not.toEqual([v8, text, false]);
      }),
      { numRuns: 200 },
    );
  });

  it('is planned in no time for the largest patterns', () => {
    const source = '(([a-z]{1,20}-){1,20}|[0-9]{1,200}){1,8}';
    const texts = new TextsOfLength(parse(source).root, MAX_PLANNED_LENGTH);
    expect(texts.text(drawer(1))).toHaveLength(MAX_PLANNED_LENGTH);
  });
});
