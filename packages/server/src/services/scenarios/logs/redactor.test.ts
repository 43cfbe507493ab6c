import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formsOf, REDACTED, Redactor } from './redactor.ts';

/** Few letters, so that secrets overlap and begin within each other. */
const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: min, maxLength: max });

const inPieces = (secrets: readonly string[], pieces: readonly string[]): string => {
  const redactor = new Redactor(secrets);
  return pieces.map((piece) => redactor.take(piece)).join('') + redactor.take('', true);
};

describe('what is taken out of a log', () => {
  it('is the same however the text is cut', () => {
    const property = (secrets: string[], text: string, cuts: number[]): void => {
      const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
      const pieces = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
      expect(inPieces(secrets, pieces)).toBe(inPieces(secrets, [text]));
    };
    fc.assert(fc.property(fc.array(letters(4, 8)), letters(0, 60), fc.array(fc.nat(100)), property));
  });

  it('is every secret, and nothing else', () => {
    const property = (secrets: string[], text: string): void => {
      const isSecret = Array.from(text, () => false);
      for (const secret of secrets) {
        for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1))
          isSecret.fill(true, at, at + secret.length);
      }
      const shown = Array.from(text, (letter, at) => (isSecret[at] ? (isSecret[at - 1] ? '' : REDACTED) : letter));
      expect(inPieces(secrets, [text])).toBe(shown.join(''));
    };
    fc.assert(fc.property(fc.array(letters(4, 6)), letters(0, 60), property));
  });

  it('is every long secret, whose beginnings overlap', () => {
    const repeated = fc
      .tuple(letters(1, 3), fc.integer({ min: 100, max: 400 }), letters(0, 3))
      .map(([part, times, end]) => part.repeat(times) + end);
    const property = (secrets: string[], parts: string[], ends: string[], size: number): void => {
      // Of what secrets are made of, so that they begin often and end seldom.
      const text = [...parts, ...secrets, ...ends].join('').slice(0, 6000);
      const isSecret = Array.from(text, () => false);
      for (const secret of secrets) {
        for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1))
          isSecret.fill(true, at, at + secret.length);
      }
      const shown = Array.from(text, (letter, at) => (isSecret[at] ? (isSecret[at - 1] ? '' : REDACTED) : letter));
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
        text.slice(n * size, (n + 1) * size),
      );
      expect(inPieces(secrets, pieces)).toBe(shown.join(''));
    };
    fc.assert(
      fc.property(
        ...[fc.array(repeated, { minLength: 1, maxLength: 4 }), fc.array(repeated, { maxLength: 2 })],
        ...[fc.array(letters(0, 300), { maxLength: 2 }), fc.integer({ min: 50, max: 4000 })],
        property as (...given: unknown[]) => void,
      ),
    );
  });

  it('is looked for in time that does not grow with the secrets', () => {
    const secret = `${'a'.repeat(60_000)}b`;
    const many = Array.from({ length: 4000 }, (_, n) => `aaaa${n}`);
    const piece = 'a'.repeat(65_536);
    const redactor = new Redactor(formsOf([secret, ...many]));
    let shown = 0;
    for (let n = 0; n < 40; n++) shown += redactor.take(piece).length;
    shown += redactor.take('!', true).length;
    expect(shown).toBe(40 * piece.length + 1);
    expect(Array.from(secret, (letter) => redactor.take(letter)).join('')).toBe(REDACTED);
  });

  it('is held back only while it may be a secret', () => {
    const redactor = new Redactor(['secret']);
    expect(redactor.take('a line\nand s')).toBe('a line\nand ');
    expect(redactor.take('ecre')).toBe('');
    expect(redactor.take('cy')).toBe('secrecy');
    expect(redactor.take('secret')).toBe(REDACTED);
  });

  it('is also what it looks like in JSON, URLs and base 64, and lines of a key', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END KEY-----';
    const forms = formsOf(['a "b"/c', key, 'abc']);
    for (const form of ['a "b"/c', 'a \\"b\\"/c', 'a%20%22b%22%2Fc', 'YSAiYiIvYw', 'MIIEvQIBADANBgkqhkiG', key]) {
      expect(forms).toContain(form);
    }
    expect(forms).not.toContain('abc');
  });
});
