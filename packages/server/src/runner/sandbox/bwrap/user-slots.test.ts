import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserSlots } from './user-slots.ts';

it('gives each user of the range once, until it is given back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 40 }), (first, count) => {
      const slots = new UserSlots({ first, count });
      const taken = Array.from({ length: count }, () => slots.take());
      expect([...taken].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => first + at));
      expect(() => slots.take()).toThrow(expect.objectContaining({ code: 'sandbox_start_failed' }));
      slots.release(taken[0]!);
      expect(slots.take()).toBe(taken[0]);
    }),
  );
});

it.each([
  { first: 0, count: 1 },
  { first: -5, count: 10 },
  { first: 1000, count: 0 },
  { first: 1.5, count: 2 },
  { first: 2 ** 31, count: 2 },
])('refuses %j', (range) => {
  expect(() => new UserSlots(range)).toThrow(expect.objectContaining({ code: 'sandbox_settings' }));
});
