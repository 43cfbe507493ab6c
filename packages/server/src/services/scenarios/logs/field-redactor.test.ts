import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldRedactor } from './field-redactor.ts';
import { REDACTED } from './redactor.ts';

const inPieces = (names: readonly string[], pieces: readonly string[]): string => {
  const redactor = new FieldRedactor(names);
  return pieces.map((piece) => redactor.take(piece)).join('') + redactor.take('', true);
};

describe('values behind names of sensitive fields', () => {
  it('are found the same however the text is cut', () => {
    const unit = fc.constantFrom('iban', 'ib', 'an', ':', '=', ' ', '"', "'", ',', '\n', 'x', '\\');
    const property = (text: string, cuts: number[]): void => {
      const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
      const pieces = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
      expect(inPieces(['iban', 'ib.an'], pieces)).toBe(inPieces(['iban', 'ib.an'], [text]));
    };
    fc.assert(fc.property(fc.string({ unit, maxLength: 30 }), fc.array(fc.nat(100)), property), {
      examples: [['\\=iban:iban', [3]]],
    });
  });

  it.each([
    ['iban=DE1', 'iban=[redacted]'],
    ['"iban": "a\\"b", "x": 1', '"iban": "[redacted]", "x": 1'],
    ["{'iban': 'DE1', 'x': 1}", "{'iban': '[redacted]', 'x': 1}"],
    ['iban: null, my_iban: 2, ibans: 3, the iban is', 'iban: [redacted], my_iban: 2, ibans: 3, the iban is'],
    ['iban = "no end', 'iban = "[redacted]"'],
    ['iban: Bob (Jr) Tromp', 'iban: [redacted]'],
    ['iban: 12 Main St, Springfield', 'iban: [redacted]'],
    ['iban=DE1 status=ok', 'iban=[redacted] status=ok'],
    ["{'iban': datetime.date(2012, 4, 12), 'x': 1}", "{'iban': [redacted], 'x': 1}"],
    ["{'iban': Decimal('123456.78')}", "{'iban': [redacted]}"],
    ["{'iban': b'own@x.example', 'x': 1}", "{'iban': [redacted], 'x': 1}"],
    ['{"iban": ["DE1", "D]E2"], "x": 1}', '{"iban": [redacted], "x": 1}'],
    ["Row(iban=['a', 'b'], x=1)", 'Row(iban=[redacted], x=1)'],
    ['[{"iban": 1}, {"iban": 2}]', '[{"iban": [redacted]}, {"iban": [redacted]}]'],
    ["iban: it's 5 o'clock\nnext line", 'iban: [redacted]\nnext line'],
    ['iban:', 'iban:'],
  ])('%s', (text, shown) => {
    expect(inPieces(['iban'], [text])).toBe(shown);
  });

  it('are found in time that does not grow with what stands in them', () => {
    for (const part of ["\\'", '"', '(', '[(', ', ', "['"]) {
      const line = `iban=${part.repeat(60_000 / part.length)}`;
      for (let time = 0; time < 20; time++) expect(inPieces(['iban'], [line])).toContain(REDACTED);
    }
  });

  it('hold back no more than they have to', () => {
    const redactor = new FieldRedactor(['iban']);
    expect(redactor.take('10% ')).toBe('10% ');
    expect(redactor.take('ib')).toBe('');
    expect(redactor.take('is\n')).toBe('ibis\n');
    expect(redactor.take('x iban: DE')).toBe('x ');
    expect(redactor.take('12\n')).toBe('iban: [redacted]\n');
  });
});
