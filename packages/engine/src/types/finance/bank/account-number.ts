import type { Piece } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { Identifier } from '../../checks/identifier.ts';
import { onlyFrom, weights } from '../../checks/weights.ts';
import { defineType, type FieldType } from '../../field-type.ts';

/** Digits of an account number within a country, where banks agree on a length; else the usual one. */
const LENGTHS: Readonly<Record<string, number>> = {
  AU: 9,
  BR: 8,
  CA: 7,
  CH: 12,
  CN: 19,
  DE: 10,
  GB: 8,
  HK: 9,
  ID: 10,
  IE: 8,
  IN: 14,
  JP: 7,
  KR: 12,
  MY: 12,
  NG: 10,
  NL: 10,
  PH: 12,
  SG: 10,
  TH: 10,
  TW: 12,
  US: 10,
  VN: 12,
  ZA: 10,
};
const USUAL = 10;

/** Adds digits and the one that makes the weighted sum a multiple of ten. */
function closed(id: Identifier, list: readonly number[]): void {
  const weigh = onlyFrom(id.length, weights(list));
  id.digits(list.length).number(complement(id.sum(weigh), 10), 1);
}

/** Countries whose account numbers carry bank, branch and check digits. */
const CHECKED: Readonly<Record<string, (id: Identifier) => void>> = {
  // Clave bancaria uniforme, 22 digits (Banco Central de la República Argentina, Comunicación A 2622).
  AR: (id) => {
    closed(id, [7, 1, 3, 9, 7, 1, 3]);
    closed(id, [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]);
  },
  // Clave bancaria estandarizada (CLABE), 18 digits (Asociación de Bancos de México).
  MX: (id) =>
    closed(
      id,
      Array.from({ length: 17 }, (_, i) => [3, 7, 1][i % 3] ?? 0),
    ),
};

/** Account numbers within a country. */
export const accountNumberType: FieldType = defineType({
  key: 'account_number',
  label: 'Account number',
  family: 'finance',
  summary:
    'Number of a bank account as written within a country; for Argentina a CBU, for Mexico a CLABE, with check digits.',
  aliases: ['accountNumber', 'bank_account_number', 'bank_account'],
  options: {
    country: {
      kind: 'one of',
      values: [...Object.keys(LENGTHS), ...Object.keys(CHECKED)].toSorted(),
      summary: "Country of the account; without it the locale's.",
      aliases: ['countryCode', 'country_code'],
    },
    length: {
      kind: 'integer',
      min: 4,
      max: 34,
      summary: "Digits, in place of the country's number of them; check digits are then left out.",
    },
  },
  example: '4821907365',
  localised: true,
  sensitive: true,
  build: ({ country, length }, context) => {
    const home = (country as string | undefined) ?? context.lists.data.country ?? '';
    const id = new Identifier(context);
    const checked = length === undefined ? CHECKED[home] : undefined;
    if (checked !== undefined) checked(id);
    // A first digit of nought is lost where a spreadsheet takes the text for a number.
    else id.between(1, 9, 1).digits(((length as number | undefined) ?? LENGTHS[home] ?? USUAL) - 1);
    const body: Piece[] = id.pieces;
    return { kind: 'string', body };
  },
});
