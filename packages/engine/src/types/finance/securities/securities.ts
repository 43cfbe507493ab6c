import { lookup } from '../../../plan/program.ts';
import { complement } from '../../checks/check-digits.ts';
import { Identifier } from '../../checks/identifier.ts';
import { characterValue, weights } from '../../checks/weights.ts';
import { defineType, type FieldType } from '../../field-type.ts';
import { checkCountry, countryOf, countryOption } from '../country-option.ts';
import { addNumberOfIsin, doubledDigits, luhnOfExpanded } from './isin.ts';

const DIGITS = [...'0123456789'];
/** Without I and O, which look like digits. */
const CLEAR = [...DIGITS, ...'ABCDEFGHJKLMNPQRSTUVWXYZ'];
const CONSONANTS = [...DIGITS, ...'BCDFGHJKLMNPQRSTVWXYZ'];
const ALL = [...DIGITS, ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Issuers of LEIs by their first four characters, as GLEIF accredits them. */
const ISSUERS = ['2138', '3003', '3157', '5299', '5493', '6354', '7245', '8156', '9598', '9695'];

const addDoubledDigits = (id: Identifier): Identifier => id.number(complement(id.sum(doubledDigits), 10), 1);

/** The number as it stands, letters as two digits, by 97 (ISO 7064 MOD 97-10). */
const by97 = (state: number, char: string): number => {
  const value = characterValue(char);
  return (state * (value > 9 ? 100 : 10) + value) % 97;
};

/** Numbers of securities and of those who trade them. */
export const securityTypes: readonly FieldType[] = [
  defineType({
    key: 'isin',
    label: 'ISIN',
    family: 'finance',
    summary:
      'International securities number with valid check digits; the American one holds a CUSIP, the British one a SEDOL.',
    options: {
      country: { ...countryOption, summary: "ISO 3166-1 alpha-2 code; without it the locale's country, or US." },
    },
    example: 'US4928173605',
    localised: true,
    check: checkCountry,
    build: (options, context) => {
      const country = countryOf(options, context) ?? 'US';
      const id = new Identifier(context).fixed(country);
      const kinds = `aa${addNumberOfIsin(country, id)}`;
      id.number(complement(id.sum(luhnOfExpanded(kinds)), 10), 1);
      return { kind: 'string', body: id.pieces };
    },
  }),
  defineType({
    key: 'cusip',
    label: 'CUSIP',
    family: 'finance',
    summary: 'North American securities number with a valid check digit.',
    options: {},
    example: '492A7K107',
    build: (_, context) => {
      const id = new Identifier(context).digits(3).letters(3, CLEAR).digits(2);
      return { kind: 'string', body: addDoubledDigits(id).pieces };
    },
  }),
  defineType({
    key: 'sedol',
    label: 'SEDOL',
    family: 'finance',
    summary: 'British and Irish securities number with a valid check digit.',
    options: {},
    example: 'B4K91T4',
    build: (_, context) => {
      const id = new Identifier(context).fixed('B').letters(5, CONSONANTS);
      id.number(complement(id.sum(weights([1, 3, 1, 7, 3, 9])), 10), 1);
      return { kind: 'string', body: id.pieces };
    },
  }),
  defineType({
    key: 'figi',
    label: 'FIGI',
    family: 'finance',
    summary: 'Financial instrument global identifier with a valid check digit.',
    options: {},
    example: 'BBG00K7LTNX8',
    build: (_, context) => ({
      kind: 'string',
      body: addDoubledDigits(new Identifier(context).fixed('BBG').letters(8, CONSONANTS)).pieces,
    }),
  }),
  defineType({
    key: 'wkn',
    label: 'WKN',
    family: 'finance',
    summary: 'German securities number (Wertpapierkennnummer): a letter A and five characters.',
    aliases: ['wertpapierkennnummer'],
    options: {},
    example: 'A2F7K1',
    build: (_, context) => ({ kind: 'string', body: new Identifier(context).fixed('A').letters(5, CLEAR).pieces }),
  }),
  defineType({
    key: 'valoren_number',
    label: 'Valoren number',
    family: 'finance',
    summary: 'Swiss securities number (Valor): up to nine digits, without a check digit.',
    aliases: ['valoren', 'valor'],
    options: {},
    example: '48219073',
    build: (_, context) => ({ kind: 'string', body: new Identifier(context).between(10, 99, 2).digits(6).pieces }),
  }),
  defineType({
    key: 'lei',
    label: 'LEI',
    family: 'finance',
    summary: 'Legal entity identifier (ISO 17442) with valid check digits.',
    aliases: ['legal_entity_identifier'],
    options: {},
    example: '529900T8BM49AURSDO55',
    build: (_, context) => {
      const id = new Identifier(context).oneOf(ISSUERS).fixed('00').letters(12, ALL);
      const check = Array.from({ length: 97 }, (_unused, state) => 98 - ((state * 100) % 97));
      return { kind: 'string', body: id.number(lookup(check, id.fold(97, by97)), 2).pieces };
    },
  }),
  defineType({
    key: 'stock_symbol',
    label: 'Stock symbol',
    family: 'finance',
    summary: 'Letters as on a ticker; they may happen to be those of a listed company.',
    aliases: ['ticker', 'ticker_symbol', 'stockSymbol'],
    options: { length: { kind: 'integer', min: 1, max: 6, summary: 'Letters.', default: 4 } },
    example: 'QKTR',
    build: ({ length }, context) => ({
      kind: 'string',
      body: new Identifier(context).letters(length as number).pieces,
    }),
  }),
];
