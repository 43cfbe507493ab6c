import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { parsePattern } from '../regex/index.ts';
import { supportedPattern } from '../regex/testing/pattern-arbitrary.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { planOf } from './testing/compiled.ts';

const RUNS = process.env['FULL'] === undefined ? 150 : 5000;

const isAccepted = (pattern: string, unique: boolean): boolean =>
  parseTemplate([{ name: 'v', type: 'regex', options: { pattern, unique } }]).ok;

describe('type regex', () => {
  it('gives texts that RE2 matches as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(supportedPattern, async ({ ours, re2 }) => {
        fc.pre(isAccepted(ours, false));
        const matcher = RE2JS.compile(re2);
        const plan = await planOf([{ name: 'v', type: 'regex', options: { pattern: ours } }]);
        for (const { v } of generateRows(plan, 0, 20))
          expect(matcher.matches(v as string), JSON.stringify(v)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('never repeats a unique text', async () => {
    await fc.assert(
      fc.asyncProperty(supportedPattern, async ({ ours }) => {
        const parsed = parsePattern(ours);
        fc.pre(parsed.ok && !parsed.value.ambiguous && isAccepted(ours, true));
        const plan = await planOf([{ name: 'v', type: 'regex', options: { pattern: ours, unique: true } }]);
        const count = Math.min(200, plan.capacity);
        const texts = generateRows(plan, 0, count).map(({ v }) => v);
        expect(new Set(texts).size).toBe(count);
      }),
      { numRuns: RUNS },
    );
  });
});
