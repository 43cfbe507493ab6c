import { expect, it } from 'vitest';
import { nearestLocale } from './nearest-locale.ts';

it.each([
  ['de_XX', 'de_DE'],
  ['pt-AO', 'pt_BR'],
  ['ar_QA', 'ar_AE'],
  ['de_D', 'de_DE'],
  ['eng_GB', 'en_GB'],
  ['xx_YY', undefined],
])('for %s suggests %s', (code, expected) => {
  expect(nearestLocale(code)).toBe(expected);
});
