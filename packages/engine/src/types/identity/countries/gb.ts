import type { IdNumber } from '../id-number.ts';

/** Neither letter is D, F, I, Q, U or V, the second is not O, and seven pairs are never given. */
const PREFIXES = [...'ABCEGHJKLMNOPRSTWXYZ']
  .flatMap((first) => [...'ABCEGHJKLMNPRSTWXYZ'].map((second) => first + second))
  .filter((prefix) => !['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(prefix));
const SUFFIXES = [...'ABCD'];

/** United Kingdom: two letters, six digits, a letter A to D; there is no check digit. */
export const gb: IdNumber = {
  country: 'GB',
  name: 'National Insurance number (NINO)',
  source: 'HM Revenue & Customs, National Insurance Manual NIM39110',
  example: 'SY 01 55 71 D',
  reserved: 'The prefix QQ, which HMRC uses in examples and never gives.',
  build: (id, _context, reserved) => {
    if (reserved) id.fixed('QQ');
    else id.oneOf(PREFIXES);
    id.separator(' ').digits(2).separator(' ').digits(2).separator(' ').digits(2).separator(' ').letters(1, SUFFIXES);
  },
};
