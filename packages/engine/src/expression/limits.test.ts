import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { parseExpression } from './expression.ts';
import { MAX_TEXT_LENGTH } from './limits.ts';
import { evaluateSource } from './testing/evaluate-source.ts';

const EXCEEDED = 'error expression_cost_exceeded';

describe('every evaluation is bounded', () => {
  const big = Array.from({ length: 20_000 }, (_, i) => i);
  const half = big.slice(0, 3_000);
  const deep = () => JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  const pairs = Array.from({ length: 200 }, (_, i) => ({ i }));
  const row = { big, half, pairs, deep: deep(), other: deep(), long: 'a'.repeat(60_000), wall: 'a'.repeat(5_000_000) };

  it.each([
    ['a list with more elements than there are steps', 'sum(big)'],
    ['a wildcard over it', 'big[*]'],
    ['a search in one', 'in(-1, big)'],
    ['many walks over one that fits', 'sum(half) + sum(half) + sum(half) + sum(half)'],
    ['a comparison of every pair', 'distinct(pairs)'],
    ['texts that double', 'long + long'],
    ['a replacement that multiplies', "replace(long, 'a', 'aaaa')"],
    ['a padding without end', "pad_left('a', 1e15)"],
    ['a text cut into too many parts', "split(long, 'a')"],
    ['a list joined to more than the limit', 'join(half, left(long, 1000))'],
    ['a search with many near matches', "contains(long, concat('b', left(long, 30000)))"],
    ['a text of megabytes', 'upper(wall)'],
    ['a search in it', "contains(wall, 'b')"],
    ['a comparison of it', 'wall + wall == 1'],
    ['a value nested without end, compared', 'deep == other'],
    ['a value nested without end, written', 'string(deep)'],
    ['a pattern longer than its text', "date_format('2026-01-01', long)"],
  ])('%s', (_, source) => {
    expect(evaluateSource(source, row)).toBe(EXCEEDED);
  });

  it('does what stays below the limits', () => {
    expect(evaluateSource('sum(half)', row)).toBe(4_498_500);
    expect(evaluateSource('length(long)', row)).toBe(60_000);
    expect(evaluateSource(`length(pad_left('', ${MAX_TEXT_LENGTH}, '-'))`)).toBe(MAX_TEXT_LENGTH);
    expect(evaluateSource(`pad_left('', ${MAX_TEXT_LENGTH + 1}, '-')`)).toBe(EXCEEDED);
    expect(evaluateSource("contains(long, 'aaab')", row)).toBe(false);
  });

  it('passes a field through, whatever its size', () => {
    expect(evaluateSource('big', row)).toBe(big);
    expect(evaluateSource('{{wall}}', row)).toBe(row.wall);
  });

  it('takes the number of steps it is given', () => {
    const parsed = parseExpression('1 + 2');
    if (!parsed.ok) throw new Error('refused');
    expect(parsed.value.cost).toBe(3);
    expect(parsed.value.evaluate({}, 3)).toBe(3);
    for (const fuel of [2, 0, -1, Number.NaN]) {
      expect(() => parsed.value.evaluate({}, fuel)).toThrow(ExpressionError);
    }
  });
});
