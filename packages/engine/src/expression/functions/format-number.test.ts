import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localeCodes } from '../../locales/load-locale.ts';
import { formatNumber } from './format-number.ts';

it.each(localeCodes())('writes numbers as Intl does in %s', (locale) => {
  const tag = `${locale.replace('_', '-')}-u-nu-latn`;
  const number = fc.oneof(
    fc.integer({ min: -99_999_999, max: 99_999_999 }),
    fc.constantFrom(0, 999, 1000, 9999, 10_000, 123_456.75),
  );
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 3 }), (value, places) => {
      const intl = new Intl.NumberFormat(tag, { minimumFractionDigits: places, maximumFractionDigits: places });
      // The sign is the ASCII hyphen here, which programs read; marks of direction are left out.
      const expected = intl
        .format(value)
        .replace(/[\u2212]/g, '-')
        .replace(/[\u200e\u200f\u061c]/g, '');
      if (places === 0 && !Number.isInteger(value)) return;
      expect(formatNumber(value, places, locale)).toBe(expected);
    }),
  );
});
