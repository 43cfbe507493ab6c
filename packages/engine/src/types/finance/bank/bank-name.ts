import { pick } from '../../../plan/program.ts';
import { defineType, type FieldType } from '../../field-type.ts';

/** How banks are called, by language: the name is a family name, so that the bank is made up. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  de: ['Bankhaus {}', '{} Privatbank', 'Bank {}'],
  en: ['{} Bank', '{} Savings Bank', '{} Trust', 'First {} Bank', 'Bank of {}'],
  es: ['Banco {}', 'Caja {}', 'Banca {}'],
  fr: ['Banque {}', 'Crédit {}', 'Caisse {}'],
  it: ['Banca {}', 'Cassa {}', 'Credito {}'],
  nl: ['{} Bank', 'Bank {}', 'Spaarbank {}'],
  pl: ['Bank {}', '{} Bank'],
  pt: ['Banco {}', 'Caixa {}'],
  sv: ['{} Bank', 'Sparbanken {}'],
};

/** Names of banks. */
export const bankNameType: FieldType = defineType({
  key: 'bank_name',
  label: 'Bank name',
  family: 'finance',
  summary: 'Invented name of a bank in the style of the locale.',
  aliases: ['bankName', 'bank'],
  options: {},
  example: 'First Okafor Bank',
  localised: true,
  build: (_, { lists, choose }) => {
    const patterns = (PATTERNS[lists.data.language] ?? PATTERNS['en'] ?? []).map((pattern) => pattern.split('{}'));
    const befores = patterns.map(([before = '']) => before);
    const afters = patterns.map(([, after = '']) => after);
    return {
      kind: 'string',
      body: [
        { p: 'let', name: 'pattern', value: choose(patterns.length) },
        pick(befores, { op: 'get', name: 'pattern' }),
        pick(lists.lastNames, choose(lists.lastNames.length)),
        pick(afters, { op: 'get', name: 'pattern' }),
      ],
    };
  },
});
