import { add, lookup, mod, mul } from '../../../plan/program.ts';
import { weights } from '../../checks/weights.ts';
import type { IdNumber } from '../id-number.ts';

const FIRST = [3, 2, 7, 6, 5, 4, 3, 2];
const SECOND = [7, 4, 3, 2, 5, 2, 7, 6];

/** The check digit by the remainders of both sums; 10 where there is none. */
const digitOf = (first: number, second: number): number => (first === 1 ? (11 - second) % 11 : (11 - first) % 11);
const CHECK = Array.from({ length: 121 }, (_, both) => digitOf(Math.floor(both / 11), both % 11) % 10);

const isGood = (both: number, digit: number): boolean =>
  digitOf((Math.floor(both / 11) + digit * (FIRST[7] ?? 0)) % 11, ((both % 11) + digit * (SECOND[7] ?? 0)) % 11) !== 10;

/** New Zealand: there is no national id; the tax number has eight digits and a check digit by eleven in two stages. */
export const nz: IdNumber = {
  country: 'NZ',
  name: 'IRD number',
  source: 'Inland Revenue, Resident withholding tax specification',
  example: '136 410 132',
  build: (id) => {
    id.fixed('1').between(0, 49, 2).separator(' ').digits(3).separator(' ').digits(1);
    const both = add(mul(mod(id.sum(weights(FIRST)), 11), 11), mod(id.sum(weights(SECOND)), 11));
    id.number(id.among(1, 121, both, isGood), 1);
    const digit = add(mul(mod(id.sum(weights(FIRST)), 11), 11), mod(id.sum(weights(SECOND)), 11));
    id.number(lookup(CHECK, digit), 1);
  },
};
