import { faker } from '@faker-js/faker';
import fc from 'fast-check';
import validator from 'validator';
import { describe, expect, it } from 'vitest';
import { MaskKey } from './mask-key.ts';
import { isPlainNumber, preserveFormat } from './preserve-format.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const key = new MaskKey(bytes('0123456789abcdef'));
const other = new MaskKey(bytes('0123456789abcdeg'));
const preserve = (text: string, by = key): string => preserveFormat(by, text) ?? 'refused';

/** Digits as 9, letters as a and A, all else as it is. */
const shapeOf = (text: string): string =>
  text
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{L}/gu, (c) => (c === 'A' ? c : 'a'));

const ascii = fc.string({ unit: fc.constantFrom(...'abzABZ0159 -./#_+()'), minLength: 0, maxLength: 60 });
const printable = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.normalize('NFC'));

describe('format-preserve', () => {
  it('keeps the shape, and gives the same for the same value', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        const image = preserve(text);
        expect(shapeOf(image)).toBe(shapeOf(text));
        expect(preserve(text, new MaskKey(bytes('0123456789abcdef')))).toBe(image);
      }),
    );
  });

  it('keeps the number of characters and what is neither letter nor digit in any script', () => {
    fc.assert(
      fc.property(printable, (text) => {
        const rest = (value: string): string => value.replaceAll(/[\p{L}\p{N}]/gu, 'x');
        if (!text.includes('@')) expect(rest(preserve(text))).toBe(rest(text));
      }),
    );
  });

  it('gives another value under another key', () => {
    let same = 0;
    for (let i = 0; i < 500; i++) if (preserve(`AB-${100_000 + i}`) === preserve(`AB-${100_000 + i}`, other)) same++;
    expect(same).toBeLessThan(3);
  });

  it.each([
    ['every four-digit code', 10_000, (i: number) => String(i).padStart(4, '0')],
    ['every number below 100000', 100_000 / 5, (i: number) => String(i * 5)],
    [
      'letters and digits',
      17_576,
      (i: number) =>
        `${String.fromCharCode(65 + (i % 26), 65 + (Math.floor(i / 26) % 26))}-${String(Math.floor(i / 676)).padStart(2, '0')}`,
    ],
    ['one digit', 10, String],
  ])('takes no two values for the same: %s', (_, count, make) => {
    const images = new Set(Array.from({ length: count }, (__, i) => preserve(make(i))));
    expect(images.size).toBe(count);
  });

  it('takes no two values for the same: any two texts of one shape', () => {
    fc.assert(
      fc.property(ascii, ascii, (a, b) => {
        const given = [a, b].map((text) => text.replaceAll('@', ''));
        fc.pre(given[0] !== given[1]);
        expect(preserve(given[0] ?? '')).not.toBe(preserve(given[1] ?? ''));
      }),
    );
  });

  it('leaves nothing that a value could be known by: the first digit becomes every other', () => {
    const seen = new Set(Array.from({ length: 600 }, (_, i) => preserve(`7${String(i).padStart(5, '0')}`)[0]));
    expect([...seen].toSorted().join('')).toBe('123456789');
  });

  it('keeps the domain of an e-mail address and gives eight hexadecimal digits for the rest, whatever the case', () => {
    expect(preserve('Ann.Lee@corp.test')).toMatch(/^[0-9a-f]{8}@corp\.test$/);
    expect(preserve('ANN.LEE@corp.test')).toBe(preserve('ann.lee@corp.test'));
    expect(preserve('ann.lee@corp.test')).not.toBe(preserve('ann.lee@other.test').replace('other', 'corp'));
    const images = new Set(Array.from({ length: 5000 }, (_, i) => preserve(`user${i}@corp.test`)));
    expect(images.size).toBe(5000);
  });

  it('gives valid IBANs of the same country in the same layout', () => {
    faker.seed(7);
    for (let i = 0; i < 500; i++) {
      const iban = faker.finance.iban({ formatted: i % 2 === 0 });
      const image = preserve(iban);
      expect(shapeOf(image)).toBe(shapeOf(iban));
      expect(image.slice(0, 2)).toBe(iban.slice(0, 2));
      // validator knows the lengths of countries, faker's may be others for a few; the check digits are what is ours.
      expect(mod97(image.replaceAll(' ', ''))).toBe(1n);
      expect(validator.isIBAN(image)).toBe(validator.isIBAN(iban));
      expect(image.slice(4)).not.toBe(iban.slice(4));
    }
  });

  it('gives valid card numbers of the same network in the same layout', () => {
    faker.seed(7);
    for (const issuer of ['visa', 'mastercard', 'american_express', 'discover', 'jcb', 'diners_club']) {
      for (let i = 0; i < 50; i++) {
        const card = faker.finance.creditCardNumber(issuer);
        if (!validator.isCreditCard(card)) continue;
        const image = preserve(card);
        expect(shapeOf(image)).toBe(shapeOf(card));
        expect(image.replaceAll('-', '').slice(0, 4)).toBe(card.replaceAll('-', '').slice(0, 4));
        expect(validator.isCreditCard(image)).toBe(true);
      }
    }
  });

  it('keeps numbers numbers and UUIDs UUIDs of their version', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), fc.nat(7), (whole, decimals) => {
        const number = whole / 10 ** decimals;
        fc.pre(isPlainNumber(String(number)));
        const image = preserve(String(number));
        expect(String(Number(image))).toBe(image);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 17n, max: 10n ** 19n }), (number) => {
        expect(String(BigInt(preserve(String(number))))).toBe(preserve(String(number)));
      }),
    );
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const image = preserve(uuid);
        expect(validator.isUUID(image, 'loose')).toBe(true);
        expect([image[14], image[19]]).toEqual([uuid[14], uuid[19]]);
      }),
    );
  });

  it('differs in case only where the values do', () => {
    expect(preserve('Anna Lee').toLowerCase()).toBe(preserve('ANNA LEE').toLowerCase());
  });

  it('takes two ways of writing an accent for the same', () => {
    expect(preserve('Zoe\u0308')).toBe(preserve('Zoë'));
  });

  it('refuses dates, whose digits make no other date', () => {
    for (const date of ['2024-02-29', '2024-02-29T10:00:00Z', '2024-02-29 10:00:00.5'])
      expect(preserveFormat(key, date)).toBeUndefined();
    expect(preserveFormat(key, '2024-02-30')).toBeDefined();
  });

  it('gives what it gave in every release: joins with what was masked before survive', () => {
    const values = [
      'AB-1234',
      'ab-1234',
      '01067',
      '12345',
      '-3.25',
      'Zoë Müller',
      'Анна',
      '山田太郎',
      'x'.repeat(40),
      'ann@corp.test',
    ];
    values.push(
      'DE75 5121 0800 1245 1261 99',
      '4539578763621486',
      '5d4a2ad2-6a8b-4c6e-9f33-0f3f7a4e2a11',
      '+49 30 1234567',
    );
    expect(Object.fromEntries(values.map((value) => [value, preserve(value)]))).toMatchInlineSnapshot(`
      {
        "+49 30 1234567": "+92 58 3589058",
        "-3.25": "-2.07",
        "01067": "02757",
        "12345": "89507",
        "4539578763621486": "4539303813093531",
        "5d4a2ad2-6a8b-4c6e-9f33-0f3f7a4e2a11": "0682d414-737a-4f7c-940a-220250682c3c",
        "AB-1234": "HO-5595",
        "DE75 5121 0800 1245 1261 99": "DE11 3902 1677 8232 7774 64",
        "Zoë Müller": "Lkä Jýujyl",
        "ab-1234": "ho-5595",
        "ann@corp.test": "8dbaaeed@corp.test",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": "lfofdvoijhnapbfmgvzyfbbxixablqnytbrebinq",
        "Анна": "Звьм",
        "山田太郎": "讲擉雄藨",
      }
    `);
  });

  it('gives e-mail addresses other letters in their places when asked to, so that none are alike and all are as long', () => {
    const part = fc.string({ unit: fc.constantFrom(...'abzABZ019.-_+ä'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(part, { minLength: 2, maxLength: 30 }), (parts) => {
        const given = parts.map((one) => `${one}@Corp.test`);
        const images = given.map((text) => preserveFormat(key, text, 'letters') ?? '');
        expect(new Set(images).size).toBe(given.length);
        images.forEach((image, i) => expect(shapeOf(image)).toBe(shapeOf(given[i] ?? '')));
        expect(images.every((image) => image.endsWith('@Corp.test'))).toBe(true);
        expect(preserveFormat(key, given[0]?.toUpperCase() ?? '', 'letters')?.toLowerCase()).toBe(
          images[0]?.toLowerCase(),
        );
      }),
    );
  });
});

const mod97 = (iban: string): bigint =>
  BigInt([...iban.slice(4), ...iban.slice(0, 4)].map((c) => Number.parseInt(c, 36)).join('')) % 97n;
