import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slug } from './slug.ts';

describe('slug', () => {
  it.each([
    ['Müller', 'de', 'mueller'],
    ['Müller', 'en', 'muller'],
    ['Ärztin', 'de', 'aerztin'],
    ['Weiß', 'de', 'weiss'],
    ['Sørensen', 'da', 'sorensen'],
    ['Łukasiewicz', 'pl', 'lukasiewicz'],
    ['Żółć', 'pl', 'zolc'],
    ['Åkesson', 'sv', 'akesson'],
    ['Lefèvre', 'fr', 'lefevre'],
    ['Núñez', 'es', 'nunez'],
    ['Gonçalves', 'pt', 'goncalves'],
    ["O'Connor", 'en', 'oconnor'],
    ['van der Meer', 'nl', 'vandermeer'],
    ['Ann-Marie', 'sv', 'annmarie'],
    ['Đặng', 'vi', 'dang'],
    ['Þórr', 'is', 'thorr'],
  ])('writes %s in %s as %s', (name, language, expected) => {
    expect(slug(name, language)).toBe(expected);
  });

  it('gives lower-case ASCII letters and digits whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('de', 'en', 'xx'), (name, language) => {
        expect(slug(name, language)).toMatch(/^[a-z0-9]*$/);
      }),
    );
  });

  it('does not depend on the normal form of its input', () => {
    for (const name of ['Müller', 'Åkesson', 'Núñez']) expect(slug(name.normalize('NFD'), 'de')).toBe(slug(name, 'de'));
  });

  it('leaves a slug as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(slug(slug(name))).toBe(slug(name));
      }),
    );
  });
});
