import type { Check } from '../profile.ts';

/** A figure that may be off by a tolerance. */
export const within = (name: string, what: string, expected: number, got: number, tolerance: number): Check => ({
  name,
  what,
  expected,
  got,
  tolerance,
  ok: Math.abs(got - expected) <= tolerance,
});

/** A figure that may not be off. */
export const exactly = (name: string, what: string, expected: number | string, got: number | string): Check => ({
  name,
  what,
  expected,
  got,
  tolerance: 0,
  ok: expected === got,
});

/** A figure that may be less than is expected, and more by a tolerance. */
export const atMost = (name: string, what: string, expected: number, got: number, tolerance: number): Check => ({
  name,
  what,
  expected,
  got,
  tolerance,
  ok: got <= expected + tolerance,
});
