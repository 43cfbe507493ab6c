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
} from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';

/**
 * The basic bank account number of a country, as runs of digits (`n`) and letters (`a`): SWIFT IBAN registry, structures of
 * countries whose account numbers carry no check digit of their own beyond the IBAN's, or one computed here.
 */
const STRUCTURES: Readonly<Record<string, string>> = {
  AT: 'n16',
  BE: 'belgian',
  BG: 'a4n14',
  CH: 'n17',
  CY: 'n24',
  DE: 'n18',
  DK: 'n14',
  GB: 'a4n14',
  GR: 'n23',
  IE: 'a4n14',
  LU: 'n16',
  NL: 'a4n10',
  RO: 'a4n16',
  SE: 'n20',
  AE: 'n19',
  SA: 'n20',
};

/** 10^k mod 97 for the digits that follow. */
function power97(k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * 10) % 97;
  return value;
}

interface Run {
  readonly letters: boolean;
  readonly length: number;
}

/** Runs of at most four characters, so that each is one table lookup. */
const runsOf = (structure: string): Run[] =>
  [...structure.matchAll(/([an])(\d+)/g)].flatMap(([, kind, length]) => {
    const letters = kind === 'a';
    const size = letters ? 1 : 4;
    const whole = Math.floor(Number(length) / size);
    const runs = Array.from({ length: whole }, (): Run => ({ letters, length: size }));
    const rest = Number(length) % size;
    return rest === 0 ? runs : [...runs, { letters, length: rest }];
  });

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const codeOf = (letter: string): string => String(letter.charCodeAt(0) - 55);

/** `CCkk` and the account number, whose 98 - (number mod 97) is kk (ISO 13616, ISO 7064 MOD 97-10). */
function ibanPieces(country: string, context: BuildContext): Piece[] {
  const structure = STRUCTURES[country] ?? '';
  if (structure === 'belgian') return belgianPieces(context);
  const runs = runsOf(structure);
  const suffix = `${codeOf(country.charAt(0))}${codeOf(country.charAt(1))}00`;
  // Letters count as two digits; each run is weighted by the digits behind it.
  let behind = suffix.length;
  const weights = runs.map(() => 0);
  for (let i = runs.length - 1; i >= 0; i--) {
    weights[i] = power97(behind);
    behind += runs[i]?.letters === true ? 2 : (runs[i]?.length ?? 0);
  }
  const names = runs.map((_, i) => `run${i}`);
  const bindings = runs.map((run, i) => bind(names[i] ?? '', context.choose(run.letters ? 26 : 10 ** run.length)));
  const sum = runs.reduce<Int>(
    (total, run, i) =>
      add(total, mul(run.letters ? add(get(names[i] ?? ''), 10) : get(names[i] ?? ''), weights[i] ?? 0)),
    constant(Number(BigInt(suffix) % 97n)),
  );
  const account = runs.map((run, i): Piece => {
    const value = get(names[i] ?? '');
    return run.letters ? pick(LETTERS, value) : digits(value, run.length);
  });
  return [...bindings, text(country), digits(sub(constant(98), mod(sum, 97)), 2), ...account];
}

/** Belgium: ten digits and their remainder by 97, 97 in place of 0 (Febelfin), inside the IBAN. */
function belgianPieces({ choose }: BuildContext): Piece[] {
  const remainder = mod(add(mul(get('high'), power97(5)), get('low')), 97);
  const suffixed = add(mul(add(mul(get('high'), power97(5)), get('low')), power97(8)), mul(get('check'), power97(6)));
  return [
    bind('high', choose(100_000)),
    bind('low', choose(100_000)),
    bind('check', add(mod(add(remainder, 96), 97), 1)),
    text('BE'),
    digits(sub(constant(98), mod(add(suffixed, 111_400 % 97), 97)), 2),
    digits(get('high'), 5),
    digits(get('low'), 5),
    digits(get('check'), 2),
  ];
}

/** The country asked for, else the locale's where its structure is known. */
const countryOf = (country: unknown, home: string | null): string =>
  typeof country === 'string' ? country : home !== null && Object.hasOwn(STRUCTURES, home) ? home : 'DE';

/** International bank account numbers. */
export const ibanType: FieldType = defineType({
  key: 'iban',
  label: 'IBAN',
  family: 'finance',
  summary: 'International bank account number with valid check digits.',
  options: {
    country: {
      kind: 'one of',
      values: Object.keys(STRUCTURES),
      summary: "Country of the account; without it the locale's, or DE.",
      aliases: ['countryCode', 'country_code'],
    },
  },
  example: 'DE75512108001245126199',
  localised: true,
  sensitive: true,
  rules: ({ country }, home) => {
    const chosen = countryOf(country, home);
    const structure = STRUCTURES[chosen] ?? '';
    const account =
      structure === 'belgian'
        ? '[0-9]{12}'
        : structure.replaceAll(/([an])(\d+)/g, (_, kind, length) => `[${kind === 'a' ? 'A-Z' : '0-9'}]{${length}}`);
    return {
      pattern: `${chosen}[0-9]{2}${account}`,
      checksum: { name: 'iban', at: 3 },
      wrong: [
        {
          rule: 'pattern',
          variant: 'country in small letters',
          edit: { do: 'replace', find: chosen, by: chosen.toLowerCase() },
        },
      ],
    };
  },
  build: ({ country }, context) => {
    const chosen = countryOf(country, context.lists.data.country);
    return { kind: 'string', body: ibanPieces(chosen, context) };
  },
});
