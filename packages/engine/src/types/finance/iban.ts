import { constant, mod, type Piece, sub } from '../../plan/program.ts';
import { Identifier } from '../checks/identifier.ts';
import { characterValue } from '../checks/weights.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { grouped } from './grouped.ts';
import { nationalAccounts } from './iban/national.ts';
import { plainIban } from './iban/plain.ts';
import { digitsBehind, ibanCountries, kindsOf, power97 } from './iban/structure.ts';

/** `CCkk` and the account number of a country, kk by ISO 7064 MOD 97-10 over the number with `CC00` behind it. */
function ibanPieces(country: string, context: BuildContext): Piece[] {
  const account = nationalAccounts[country];
  if (account === undefined) return plainIban(country, context);
  const id = new Identifier(context).fixed(country);
  const check = id.later(2);
  account(id, context);
  const behind = [4, 2, 0, 0, ...digitsBehind(kindsOf(country))].map(power97);
  check(
    sub(
      constant(98),
      mod(
        id.sum((char, position) => characterValue(char) * (behind[position] ?? 0)),
        97,
      ),
    ),
  );
  return id.pieces;
}

/** The country asked for, else the locale's where its structure is known. */
const countryOf = (country: unknown, home: string | null): string =>
  typeof country === 'string' ? country : home !== null && ibanCountries.includes(home) ? home : 'DE';

/** International bank account numbers. */
export const ibanType: FieldType = defineType({
  key: 'iban',
  label: 'IBAN',
  family: 'finance',
  summary:
    'International bank account number of any country of the SWIFT registry, with valid check digits, those of the country included. Places where the registry allows letters and digits hold digits.',
  options: {
    country: {
      kind: 'one of',
      values: ibanCountries,
      summary: "Country of the account; without it the locale's, or DE.",
      aliases: ['countryCode', 'country_code', 'country_prefix'],
    },
    formatted: { kind: 'boolean', summary: 'Groups of four with blanks between them.', default: false },
  },
  example: 'DE75512108001245126199',
  localised: true,
  sensitive: true,
  rules: ({ country, formatted }, home) => {
    if (formatted === true) return {};
    const chosen = countryOf(country, home);
    const account = kindsOf(chosen).replaceAll(
      /a+|n+/g,
      (run) => `[${run.startsWith('a') ? 'A-Z' : '0-9'}]{${run.length}}`,
    );
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
  build: ({ country, formatted }, context) => {
    const pieces = ibanPieces(countryOf(country, context.lists.data.country), context);
    return { kind: 'string', body: formatted === true ? grouped(pieces, [4]) : pieces };
  },
});
