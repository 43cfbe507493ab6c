import { expect, it } from 'vitest';
import { randomText } from './random-text.ts';

it('is another one each time, of one length', () => {
  const all = Array.from({ length: 100 }, randomText);
  expect(new Set(all).size).toBe(100);
  for (const one of all) expect(one).toMatch(/^[0-9a-f]{32}$/);
});
