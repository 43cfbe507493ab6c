import { add, constant, type Int, lookup, mod, sub } from '../../../plan/program.ts';
import { addMod11Over10, complement } from '../../checks/check-digits.ts';
import type { Identifier, Weigh } from '../../checks/identifier.ts';
import { characterValue, luhn, onlyFrom, powersOfTen, weights } from '../../checks/weights.ts';
import type { BuildContext } from '../../field-type.ts';

/** Adds a country's account number, with its own check digits, behind `CCkk`. */
type AccountNumber = (id: Identifier, context: BuildContext) => void;

const repeated = (list: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => list[i % list.length] ?? 0);

/** The weights of the next characters; what is there already counts nothing. */
const next = (id: Identifier, list: readonly number[]): Weigh => onlyFrom(id.length, weights(list));

/** Remainder by 97 of the digits from position `from`, with two zeros behind them. */
const remainder97 = (id: Identifier, from: number): Int =>
  mod(id.sum(onlyFrom(from, powersOfTen(id.length + 1 - from, 97))), 97);

/** `count` digits and two more, which make the remainder by 97 one (ISO 7064 MOD 97-10). */
const remainderOne =
  (count: number): AccountNumber =>
  (id) => {
    const from = id.length;
    id.digits(count);
    id.number(sub(constant(98), remainder97(id, from)), 2);
  };

/** `count` digits and two more, which make the remainder by 97 nought: the French key (clé RIB), with digits only. */
const remainderNought =
  (count: number): AccountNumber =>
  (id) => {
    const from = id.length;
    id.digits(count);
    id.number(sub(constant(97), remainder97(id, from)), 2);
  };

/** Digits and one more, so that the weighted sum is a multiple of the modulus; the last weight is one. */
function closed(id: Identifier, list: readonly number[], modulus: 10 | 11): void {
  const weigh = next(id, [...list, 1]);
  if (modulus === 10) id.digits(list.length);
  // A sum of one would need the digit ten, so the digit before keeps off it.
  else id.digits(list.length - 1).steer(11, weigh, (remainder) => remainder !== 1);
  id.number(complement(id.sum(weigh), modulus), 1);
}

/** Czech and Slovak accounts: prefix and number, each with weighted sums by 11 (ČNB decree 169/2011; NBS decree 7/2023). */
const czechoslovak: AccountNumber = (id) => {
  id.digits(4);
  closed(id, [10, 5, 8, 4, 2], 11);
  const weigh = next(id, [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]);
  // An account number has at least two digits that are not nought; the first one here never is.
  id.between(1, 9, 1)
    .digits(7)
    .steer(11, weigh, (remainder) => remainder !== 1);
  id.number(complement(id.sum(weigh), 11), 1);
};

/** The Italian control letter (CIN): places counted from one, odd ones by this table (ABI, standard for bank coordinates). */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const italian: AccountNumber = (id) => {
  const cin = id.later(LETTERS);
  const weigh = onlyFrom(id.length, (char, position) =>
    position % 2 === 0 ? (ODD[characterValue(char)] ?? 0) : characterValue(char),
  );
  id.digits(22);
  cin(mod(id.sum(weigh), 26));
};

/** Spain: a digit for bank and branch, one for the account; eleven less the sum by 11, 10 written 1 and 11 written 0. */
const spanish: AccountNumber = (id) => {
  const list = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
  const digit = Array.from({ length: 11 }, (_, sum) => [0, 1][sum] ?? 11 - sum);
  const bank = next(id, list.slice(2));
  id.digits(8).number(lookup(digit, mod(id.sum(bank), 11)), 1);
  const account = id.later(1);
  const weigh = next(id, list);
  id.digits(10);
  account(lookup(digit, mod(id.sum(weigh), 11)));
};

/**
 * Iceland: the account and the owner's kennitala. The day has 40 added, as for companies (Registers Iceland), so that no
 * kennitala is a living person's.
 */
const icelandic: AccountNumber = (id) => {
  id.digits(12);
  const weigh = next(id, [3, 2, 7, 6, 5, 4, 3, 2, 1]);
  id.between(41, 68, 2).between(1, 12, 2).digits(2).between(2, 9, 1);
  id.steer(11, weigh, (remainder) => remainder !== 1);
  id.number(complement(id.sum(weigh), 11), 1).oneOf(['9', '0']);
};

/** Belgian protocol numbers of the four largest banks (National Bank of Belgium, list of identification codes). */
const BELGIAN_BANKS = (
  [
    [1, 49],
    [50, 99],
    [300, 399],
    [400, 499],
  ] as const
).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(3, '0')));

/** Belgium: ten digits and their remainder by 97, 97 in place of 0 (Febelfin). */
const belgian: AccountNumber = (id) => {
  const weigh = onlyFrom(id.length, powersOfTen(9, 97));
  id.oneOf(BELGIAN_BANKS)
    .digits(7)
    .number(add(mod(add(mod(id.sum(weigh), 97), 96), 97), 1), 2);
};

/** Finland: Luhn's digit over the account number alone (Finance Finland). */
const finnish: AccountNumber = (id) => {
  const weigh = onlyFrom(id.length, luhn(13));
  id.digits(13).number(complement(id.sum(weigh), 10), 1);
};

/** Hungary: bank and branch, then the account, each with weights 9, 7, 3, 1 (MNB decree 35/2017). */
const hungarian: AccountNumber = (id) => {
  closed(id, repeated([9, 7, 3, 1], 7), 10);
  closed(id, repeated([9, 7, 3, 1], 15), 10);
};

/** Russia: the end of the bank's code and the account, weights 7, 1, 3 (Bank of Russia, order 515 of 1997). */
const russian: AccountNumber = (id) => {
  id.digits(6);
  closed(id, repeated([7, 1, 3], 22), 10);
};

/** Mauritius and the Seychelles end in the currency; Mauritius has three noughts before it. */
const withCurrency =
  (count: number, end: string): AccountNumber =>
  (id) => {
    id.letters(4).digits(count).fixed(end);
  };

/**
 * Countries whose account numbers say more than the registry's structure: check digits of their own, or fixed characters.
 * Where no source is named it is the country's page in the SWIFT IBAN registry or ECBS TR 201 (Register of European
 * account numbers).
 */
export const nationalAccounts: Readonly<Record<string, AccountNumber>> = {
  AL: (id) => {
    closed(id, [9, 7, 3, 1, 9, 7, 3], 10);
    id.digits(16);
  },
  BA: remainderOne(14),
  BE: belgian,
  BI: remainderNought(21),
  BR: (id) => {
    id.digits(23).letters(1, ['C', 'P']).digits(1);
  },
  CR: (id) => {
    id.fixed('0').digits(17);
  },
  CZ: czechoslovak,
  DJ: remainderNought(21),
  EE: (id) => {
    id.digits(2);
    closed(id, repeated([7, 1, 3], 13), 10);
  },
  ES: spanish,
  FI: finnish,
  FR: remainderNought(21),
  HR: (id) => {
    addMod11Over10(id.digits(6), 4);
    const from = id.length;
    addMod11Over10(id.digits(9), from);
  },
  HU: hungarian,
  IS: icelandic,
  IT: italian,
  MC: remainderNought(21),
  ME: remainderOne(16),
  MK: remainderOne(13),
  MR: remainderNought(21),
  MU: withCurrency(16, '000MUR'),
  NL: (id) => {
    id.letters(4);
    closed(id, [10, 9, 8, 7, 6, 5, 4, 3, 2], 11);
  },
  NO: (id) => closed(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11),
  PL: (id) => {
    closed(id, [3, 9, 7, 1, 3, 9, 7], 10);
    id.digits(16);
  },
  PT: remainderOne(19),
  RS: remainderOne(16),
  RU: russian,
  SC: withCurrency(20, 'SCR'),
  SI: remainderOne(13),
  SK: czechoslovak,
  SM: italian,
  ST: remainderOne(19),
  TL: remainderOne(17),
  TN: remainderNought(18),
  TR: (id) => {
    id.digits(5).fixed('0').digits(16);
  },
  XK: remainderOne(14),
};
