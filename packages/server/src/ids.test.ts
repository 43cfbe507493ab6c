import { expect, it } from 'vitest';
import { newId } from './ids.ts';

it('ids have 130 random bits', () => {
  const ids = Array.from({ length: 2000 }, () => newId('run'));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^run_[0-9a-hjkmnp-tv-z]{26}$/);
  // Each sign at each place.
  for (let at = 4; at < 30; at++) expect(new Set(ids.map((id) => id[at])).size).toBe(32);
});
