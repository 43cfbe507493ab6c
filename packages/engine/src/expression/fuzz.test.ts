import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { parseExpression } from './expression.ts';
import { MAX_DIAGNOSTICS } from './limits.ts';
import { formulas, noise, texts, typedFormulas } from './testing/arbitraries.ts';
import { isInert } from './testing/inert.ts';

/** FULL=1 runs the 200,000 expressions of the security goal; the usual run is a sample of them. */
const RUNS = process.env['FULL'] ? 50_000 : 2_000;

const row = () => ({
  price: 19.99,
  name: 'Zoë',
  born: '2000-02-29',
  tags: ['a', 'b', null, 'a'],
  items: [
    { a: 1, b: [1, 2] },
    { a: 0.1, b: [] },
    { a: null, b: null },
  ],
  nothing: null,
  flag: true,
  nested: { a: { a: [1, [2, { b: 3 }]] } },
  long: 'ab'.repeat(20_000),
  'odd name': -0,
});
const CODES = new Set(['expression_cost_exceeded', 'expression_type', 'expression_date', 'expression_argument']);

/** The result as something to compare: a value, or the place and code of the error. */
function evaluate(source: string): string {
  const parsed = parseExpression(source);
  if (!parsed.ok) {
    expect(parsed.diagnostics.length).toBeGreaterThan(0);
    expect(parsed.diagnostics.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS);
    for (const { code, offset, length, message, hint } of parsed.diagnostics) {
      expect(code).toMatch(/^expression_[a-z_]+$/);
      expect(offset >= 0 && length >= 0 && offset + length <= source.length, `${source}: ${offset}+${length}`).toBe(
        true,
      );
      expect(message && hint).toBeTruthy();
    }
    return JSON.stringify(parsed.diagnostics);
  }
  const { evaluate: run, resultType } = parsed.value;
  try {
    const value = run(row());
    expect(isInert(value)).toBe(true);
    if (value !== null && resultType !== 'unknown') {
      expect(Array.isArray(value) ? 'list' : typeof value, source).toBe(resultType);
    }
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    expect(CODES.has(error.code)).toBe(true);
    expect(error.offset >= 0 && error.offset < source.length).toBe(true);
    return `${error.code} at ${error.offset}`;
  }
}

describe('any source ends in a value of the promised type, in diagnostics or in a coded error', () => {
  it.each([
    ['formulas', formulas],
    ['formulas of fitting types', typedFormulas],
    ['texts', texts],
    ['noise', noise],
  ] as const)(
    '%s',
    (_, sources) => {
      fc.assert(
        fc.property(sources, (source) => {
          expect(evaluate(source)).toBe(evaluate(source));
        }),
        { numRuns: RUNS },
      );
    },
    process.env['FULL'] ? 1_800_000 : 60_000,
  );
});
