import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsAt } from '../plan/holds-at.ts';
import { allTypes } from '../types/registry.ts';
import { planOf, type TestField } from '../types/testing/compiled.ts';

const DAY = 86_400_000;
const field = (type: string, options: TestField['options'] = {}): TestField => ({ name: 'v', type, options });
const MADE = Date.UTC(2026, 4, 17, 13, 30);
const compiled = (one: TestField, now = MADE) => planOf([one], 'clock', now);

describe('what a plan depends on', () => {
  it.each<[string, TestField, 'day' | 'moment' | undefined]>([
    ['no moment', field('date', { min: '2020-01-01', max: '2020-12-31' }), undefined],
    ['no moment', field('datetime'), undefined],
    ['the day', field('date', { max: 'now' }), 'day'],
    ['the day', field('birthdate', { min: '1950-01-01', max: 'now' }), 'day'],
    ['the day', field('business_day', { min: '2020-01-01', max: 'now' }), 'day'],
    ['the day', field('age'), 'day'],
    ['the day', field('card_expiry'), 'day'],
    ['the moment', field('datetime', { max: 'now' }), 'moment'],
    ['the moment', field('datetime', { past: true }), 'moment'],
    ['the moment', field('date', { max: '2029-12-31', mean: 'now' }), 'moment'],
    ['the moment', field('regular_time', { start: 'now' }), 'moment'],
  ])('%s: %o', async (_, one, by) => {
    expect((await compiled(one)).dependsOnNow).toEqual(by === undefined ? undefined : { at: MADE, by });
  });

  it('is found inside objects and lists', async () => {
    const inner = { name: 'born', type: 'date', options: { max: 'now' } };
    const nested = { name: 'v', type: 'template', options: { fields: [inner], array: true, count: 2 } };
    expect((await compiled(nested)).dependsOnNow?.by).toBe('day');
    expect((await compiled(field('array', { of: { type: 'age' }, count: 2 }))).dependsOnNow?.by).toBe('day');
    expect((await compiled(field('reference', { fields: [inner], field: 'born', rows: 9 }))).dependsOnNow?.by).toBe(
      'day',
    );
  });

  it('holds for every type: compiled at a moment at which the plan still holds, it is the same', async () => {
    const types = allTypes.filter(({ external }) => external === undefined).map(({ key }) => key);
    const bounded = ['date', 'datetime', 'business_day', 'birthdate'];
    const options = (type: string) => (bounded.includes(type) ? { min: '1990-01-01', max: 'now' } : {});
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types, ...bounded),
        fc.integer({ min: -2 * DAY, max: 2 * DAY }),
        async (type, by) => {
          const one = field(type, options(type));
          const plan = await compiled(one).catch(() => undefined);
          // Types that need options of their own are compiled above, or know nothing of time.
          if (plan === undefined || !holdsAt(plan, MADE + by)) return;
          expect({ ...(await compiled(one, MADE + by)), dependsOnNow: undefined }).toEqual({
            ...plan,
            dependsOnNow: undefined,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a plan holds', () => {
  it('always, all day, or at its moment alone', async () => {
    const [never, day, moment] = [
      {},
      { dependsOnNow: { at: MADE, by: 'day' } },
      { dependsOnNow: { at: MADE, by: 'moment' } },
    ] as const;
    const midnight = MADE - (MADE % DAY);
    expect(
      [midnight - 1, midnight, MADE, midnight + DAY - 1, midnight + DAY].map((at) =>
        [never, day, moment].map((plan) => holdsAt(plan, at)),
      ),
    ).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [true, true, false],
      [true, false, false],
    ]);
  });
});
