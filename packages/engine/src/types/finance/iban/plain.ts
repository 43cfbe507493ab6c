import {
  add,
  bind,
  constant,
  digits,
  get,
  type Int,
  mod,
  mul,
  type Piece,
  pick,
  sub,
  text,
} from '../../../plan/program.ts';
import type { BuildContext } from '../../field-type.ts';
import { digitsBehind, kindsOf, power97 } from './structure.ts';

interface Run {
  readonly letters: boolean;
  readonly at: number;
  readonly length: number;
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const codeOf = (letter: string): number => letter.charCodeAt(0) - 55;

/** Single letters, and digits up to the next place that four divides: a run is one number, and groups of four stay whole. */
function runsOf(kinds: string): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < kinds.length; ) {
    const letters = kinds[at] === 'a';
    let end = at + 1;
    while (!letters && kinds[end] === 'n' && end % 4 !== 0) end++;
    runs.push({ letters, at, length: end - at });
    at = end;
  }
  return runs;
}

/**
 * `CCkk` and an account number without a check digit of its own; 98 - (number mod 97) is kk (ISO 13616, ISO 7064
 * MOD 97-10).
 */
export function plainIban(country: string, { choose }: BuildContext): Piece[] {
  const kinds = kindsOf(country);
  const behind = digitsBehind(kinds);
  const runs = runsOf(kinds);
  const nameOf = ({ at }: Run): string => `run${at}`;
  const sum = runs.reduce<Int>(
    (total, run) => {
      const value = run.letters ? add(get(nameOf(run)), 10) : get(nameOf(run));
      return add(total, mul(value, power97(behind[run.at + run.length - 1] ?? 0)));
    },
    constant((codeOf(country.charAt(0)) * 10_000 + codeOf(country.charAt(1)) * 100) % 97),
  );
  return [
    ...runs.map((run) => bind(nameOf(run), choose(run.letters ? LETTERS.length : 10 ** run.length))),
    text(country),
    digits(sub(constant(98), mod(sum, 97)), 2),
    ...runs.map((run) => (run.letters ? pick(LETTERS, get(nameOf(run))) : digits(get(nameOf(run)), run.length))),
  ];
}
