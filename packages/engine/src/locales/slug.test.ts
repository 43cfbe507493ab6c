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
    ['Əliyev', 'az', 'eliyev'],
    ['Щербаков', 'ru', 'shcherbakov'],
    ['Алексей', 'ru', 'aleksei'],
    ['Юлия', 'ru', 'iuliia'],
    ['Згурський', 'uk', 'zhurskyi'],
    ['Ґонта', 'uk', 'gonta'],
    ['Желязков', 'bg', 'zhelyazkov'],
    ['Щерев', 'bg', 'shterev'],
    ['Ђорђевић', 'sr', 'djordjevic'],
    ['Жикић', 'sr', 'zikic'],
    ['Παπαδόπουλος', 'el', 'papadopoulos'],
    ['Χριστίνα', 'el', 'christina'],
    ['Ευαγγελία', 'el', 'evangelia'],
    ['Ευτυχία', 'el', 'eftychia'],
    ['Σταυρούλα', 'el', 'stavroula'],
    ['Սարգսյան', 'hy', 'sargsyan'],
    ['Մանուկյան', 'hy', 'manukyan'],
    ['ჯავახიშვილი', 'ka', 'javakhishvili'],
    ['김', 'ko', 'gim'],
    ['서연', 'ko', 'seoyeon'],
    ['राहुल', 'hi', 'rahul'],
    ['प्रिया', 'hi', 'priya'],
    ['शर्मा', 'hi', 'sharma'],
    ['अंजलि', 'hi', 'anjali'],
    ['محمد', 'ar', ''],
  ])('writes %s in %s as %s', (name, language, expected) => {
    expect(slug(name, language)).toBe(expected);
  });

  it('takes the spelling it is given for a name, or for its characters', () => {
    expect(slug('محمد', 'ar', { محمد: 'Mohammed' })).toBe('mohammed');
    expect(slug('王伟', 'zh', { 王: 'wang', 伟: 'wei' })).toBe('wangwei');
    expect(slug('佐藤', 'ja', { 佐: 'sa', 佐藤: 'Sato' })).toBe('sato');
    expect(slug('constructor', 'en', {})).toBe('constructor');
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
