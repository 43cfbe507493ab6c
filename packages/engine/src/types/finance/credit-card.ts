import { add, bind, constant, digits, get, type Int, lookup, mod, mul, type Piece, sub } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';

/** Issuers by their leading digits and length: ISO/IEC 7812 ranges as the card networks publish them. */
const ISSUERS: Readonly<Record<string, { readonly prefix: string; readonly length: number }>> = {
  visa: { prefix: '4', length: 16 },
  mastercard: { prefix: '51', length: 16 },
  amex: { prefix: '34', length: 15 },
  discover: { prefix: '6011', length: 16 },
  diners: { prefix: '36', length: 14 },
  jcb: { prefix: '3528', length: 16 },
};

const doubled = (digit: number): number => (digit > 4 ? 2 * digit - 9 : 2 * digit);

/** Luhn sum of a group of four digits, by whether its first digit is doubled. */
const LUHN4 = [false, true].map((doubleFirst) =>
  Array.from({ length: 10_000 }, (_, value) =>
    [...String(value).padStart(4, '0')].reduce(
      (sum, c, i) => sum + ((i % 2 === 0) === doubleFirst ? doubled(Number(c)) : Number(c)),
      0,
    ),
  ),
) as [number[], number[]];

/** Groups of four digits from the right; the last group's last digit makes the Luhn sum a multiple of ten (ISO/IEC 7812-1). */
function cardPieces(prefix: string, length: number, { choose }: BuildContext): Piece[] {
  const groups: { from: number; to: number }[] = [];
  for (let to = length; to > 0; to -= 4) groups.unshift({ from: Math.max(0, to - 4), to });
  const pieces: Piece[] = [];
  let sum: Int = constant(0);
  groups.forEach(({ from, to }, i) => {
    const last = i === groups.length - 1;
    const fixed = prefix.slice(from, to);
    const free = to - from - fixed.length - (last ? 1 : 0);
    const drawn = choose(10 ** free);
    const scaled = last ? mul(drawn, 10) : drawn;
    const value = fixed === '' ? scaled : add(scaled, Number(fixed) * 10 ** (free + (last ? 1 : 0)));
    pieces.push(bind(`group${i}`, value));
    // Doubling starts left of the check digit, so in a full group the first digit is doubled; groups are aligned right.
    sum = add(sum, lookup(LUHN4[1], get(`group${i}`)));
  });
  pieces.push(bind('check', mod(sub(constant(10), mod(sum, 10)), 10)));
  groups.forEach(({ from, to }, i) => {
    const last = i === groups.length - 1;
    const group = get(`group${i}`);
    pieces.push(digits(last ? add(group, get('check')) : group, to - from));
  });
  return pieces;
}

/** Payment card numbers. */
export const creditCardType: FieldType = defineType({
  key: 'credit_card_number',
  label: 'Credit card number',
  family: 'finance',
  summary: 'Card number of an issuer with a valid check digit.',
  aliases: ['creditCard', 'credit_card'],
  options: {
    issuer: { kind: 'one of', values: Object.keys(ISSUERS), summary: 'Card network.', default: 'visa' },
  },
  example: '4539578763621486',
  sensitive: true,
  rules: ({ issuer }) => ({
    pattern: `[0-9]{${ISSUERS[issuer as string]?.length ?? 16}}`,
    checksum: { name: 'luhn', at: -1 },
  }),
  build: ({ issuer }, context) => {
    const { prefix, length } = ISSUERS[issuer as string] ?? { prefix: '4', length: 16 };
    return { kind: 'string', body: cardPieces(prefix, length, context) };
  },
});
