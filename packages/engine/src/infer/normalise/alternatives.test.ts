import { describe, expect, it } from 'vitest';
import { firstAlternative } from './alternatives.ts';

const knows =
  (...words: readonly string[]) =>
  (text: string): boolean =>
    text
      .trim()
      .split(' ')
      .every((word) => words.includes(word));

describe('firstAlternative', () => {
  it('takes the first of two ways to say the same', () => {
    expect(firstAlternative('Naam / Omschrijving', () => true)).toBe('Naam');
    expect(firstAlternative('Konto IBAN/BBAN', () => true)).toBe('Konto IBAN');
  });

  it('takes the second where only that is known', () => {
    expect(firstAlternative('Xyzzy/Name', knows('Name'))).toBe('Name');
    expect(firstAlternative('Xyzzy/Quux', knows('Name'))).toBe('Xyzzy');
  });

  it('keeps both where they share an end or are one thing', () => {
    for (const name of ['Start/End Reading', 'Date/Time', 'km/h', 'Debit/Credit', 'Yes/No', 'a/b/c'])
      expect(firstAlternative(name, () => true)).toBe(name);
  });
});
