import fc from 'fast-check';
import { expect, it } from 'vitest';
import { constant, digits, type Int, type Piece, pick, text } from '../../plan/program.ts';
import { grouped } from './grouped.ts';

/** The value of what `grouped` makes of constants. */
function numberOf(int: Int, names: ReadonlyMap<string, number>): number {
  if (int.op === 'const') return Number(int.value);
  if (int.op === 'get') return names.get(int.name) as number;
  if (int.op !== 'div' && int.op !== 'mod') throw new Error(`unexpected ${int.op}`);
  const [a, b] = [numberOf(int.a, names), numberOf(int.b, names)];
  return int.op === 'div' ? Math.floor(a / b) : a % b;
}

function textOf(pieces: readonly Piece[]): string {
  const names = new Map<string, number>();
  return pieces
    .map((piece) => {
      if (piece.p === 'let') names.set(piece.name, numberOf(piece.value, names));
      if (piece.p === 'text') return piece.text;
      if (piece.p === 'digits') return String(numberOf(piece.value, names)).padStart(piece.width, '0');
      return piece.p === 'pick' ? piece.from[numberOf(piece.index, names)] : '';
    })
    .join('');
}

const piece = fc.oneof(
  fc.stringMatching(/^[A-Z]{1,9}$/).map(text),
  fc
    .integer({ min: 1, max: 9 })
    .chain((width) => fc.nat(10 ** width - 1).map((value) => digits(constant(value), width))),
  fc.stringMatching(/^[A-Z]{3}$/).map((entry) => pick(['xyz', entry], constant(1))),
);

it('groups any pieces as their text is grouped', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), fc.integer({ min: 1, max: 6 }), (pieces, size) => {
      const groups = textOf(pieces).match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
      expect(textOf(grouped(pieces, [size], '-'))).toBe(groups.join('-'));
    }),
  );
});

it('takes sizes in turn and repeats the last', () => {
  expect(textOf(grouped([text('378282246310005')], [4, 6, 5]))).toBe('3782 822463 10005');
  expect(textOf(grouped([text('210000000003139471430009017')], [2, 5]))).toBe('21 00000 00003 13947 14300 09017');
});
