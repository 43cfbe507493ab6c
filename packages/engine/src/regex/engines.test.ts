import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { derivationCount, wordAt } from './enumerate.ts';
import { parsePattern } from './parse.ts';
import { patternNoise, supportedPattern } from './testing/pattern-arbitrary.ts';
import type { Pattern } from './tree.ts';

// Goal L2 of the security goals: 5,000 patterns, 20 texts of each, all matched by two engines with nothing in common.
const PATTERNS = 5_000;
const WORDS = 20;

const sandbox = createContext({ pattern: /a/, words: [] as string[] });
const firstMiss = new Script('words.find((word) => !pattern.test(word))');

/** The first word V8 does not match. V8 backtracks, so it gets a second; 'too slow' is neither yes nor no. */
function missedByV8(pattern: RegExp, words: readonly string[]): string | undefined {
  Object.assign(sandbox, { pattern, words });
  try {
    return firstMiss.runInContext(sandbox, { timeout: 1_000 }) as string | undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    slow++;
    return undefined;
  }
}

let slow = 0;

/** Derivations spread over the whole range by the golden ratio, the first and the last among them. */
function someWords(pattern: Pattern, wanted: number): string[] {
  const count = derivationCount(pattern.root);
  const step = (count * 618_033_988_749n) / 1_000_000_000_000n + 1n;
  const indexes = [0n, count - 1n];
  for (let i = 1n; indexes.length < wanted; i++) indexes.push((i * step) % count);
  return indexes.map((index) => wordAt(pattern, index));
}

function inV8(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return undefined;
  }
}

function inRe2(source: string, flags: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source, flags === 'i' ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return undefined;
  }
}

describe('every text matches its pattern', () => {
  it('in V8 and in RE2, for patterns of the supported syntax', () => {
    const refused = new Map<string, number>();
    let accepted = 0;
    fc.assert(
      fc.property(supportedPattern, fc.constantFrom('', 'i'), ({ ours, v8, re2 }, flags) => {
        const result = parsePattern(ours, flags);
        if (!result.ok) {
          for (const { code } of result.diagnostics) refused.set(code, (refused.get(code) ?? 0) + 1);
          return;
        }
        accepted++;
        const first = inV8(v8, `u${flags}`);
        const second = inRe2(re2, flags);
        if (first === undefined || second === undefined) throw new Error(`not a pattern for both: ${v8} ${re2}`);
        const words = someWords(result.value, WORDS);
        expect(missedByV8(first, words), 'not matched by V8').toBe(undefined);
        for (const word of words) {
          if (!second.matches(word)) throw new Error(`RE2: ${JSON.stringify(word)}`);
          const length = [...word].length;
          expect(length >= result.value.minLength && length <= result.value.maxLength).toBe(true);
          expect(Buffer.byteLength(word)).toBeLessThanOrEqual(result.value.maxBytes);
        }
      }),
      { numRuns: PATTERNS },
    );
    expect(
      [...refused.keys()].filter((code) => !['pattern_output_too_long', 'unsatisfiable_pattern'].includes(code)),
    ).toEqual([]);
    expect(accepted).toBeGreaterThan(PATTERNS * 0.9);
    expect(slow).toBeLessThan(PATTERNS / 100);
  }, 60_000);

  it('wherever an engine can read what we accept, for patterns that nobody meant', () => {
    let both = 0;
    fc.assert(
      fc.property(patternNoise, fc.constantFrom('', 'i'), (source, flags) => {
        const result = parsePattern(source, flags);
        if (!result.ok) return;
        // ECMAScript without flag u reads these as other things than RE2 and we do.
        const isOurs = source.includes('[:') || source.includes('\\u{') || /\\[Az]/.test(source);
        const engines = [isOurs ? undefined : inV8(source, flags), isOurs ? undefined : inV8(source, `u${flags}`)];
        const re2 = inRe2(source, flags);
        const words = someWords(result.value, WORDS);
        for (const engine of engines) {
          // Without flag u, a character beyond U+FFFF is two for V8.
          if (engine === undefined || (!engine.unicode && /[\u{10000}-\u{10ffff}]/u.test(source))) continue;
          both++;
          expect(missedByV8(engine, words), `not matched by V8 as ${engine}`).toBe(undefined);
        }
        for (const word of re2 === undefined ? [] : words) {
          if (!re2?.matches(word)) throw new Error(`RE2: ${JSON.stringify(word)}`);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(both).toBeGreaterThan(500);
  }, 60_000);
});
