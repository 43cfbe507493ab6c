import { add, constant, type Int, lookup, mod, sub } from '../../../plan/program.ts';
import { Identifier, type Weigh } from '../../checks/identifier.ts';
import { characterValue, powersOfTen } from '../../checks/weights.ts';
import { defineType, type FieldType } from '../../field-type.ts';
import { grouped } from '../grouped.ts';
import { power97 } from '../iban/structure.ts';

/** Digits of the creditor's national number (European Payments Council, EPC262-08, annex). */
const CREDITORS: Readonly<Record<string, number>> = { AT: 11, DE: 11, FI: 8, FR: 6, IE: 6, NL: 12, PT: 6 };

/** `98 - n` where n is the remainder by 97 of the digits from `from`, the two letters in front, and 00. */
function checkDigits(id: Identifier, from: number): Int {
  const { length } = id;
  const weigh: Weigh = (char, position) => {
    if (position < 2) return characterValue(char) * (position === 0 ? 10_000 % 97 : 100 % 97);
    return position < from ? 0 : characterValue(char) * power97(length - 1 - position + 6);
  };
  return sub(constant(98), mod(id.sum(weigh), 97));
}

/** The recursive carry of Swiss payment slips (SIX, Swiss Implementation Guidelines QR-bill, annex B). */
const CARRY = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

/** References by which payments are told apart, and who may collect them. */
export const referenceTypes: readonly FieldType[] = [
  defineType({
    key: 'creditor_id',
    label: 'SEPA creditor identifier',
    family: 'finance',
    summary: 'Identifier of who collects SEPA direct debits, with valid check digits and the business code ZZZ.',
    aliases: ['sepa_creditor_id', 'creditor_identifier'],
    options: {
      country: {
        kind: 'one of',
        values: Object.keys(CREDITORS),
        summary: "Country of the creditor; without it the locale's, or DE.",
        aliases: ['countryCode', 'country_code'],
      },
    },
    example: 'DE51ZZZ12345678901',
    localised: true,
    build: ({ country }, context) => {
      const home = context.lists.data.country ?? '';
      const chosen = (country as string | undefined) ?? (home in CREDITORS ? home : 'DE');
      const id = new Identifier(context).fixed(chosen);
      const check = id.later(2);
      id.fixed('ZZZ');
      const from = id.length;
      id.digits(CREDITORS[chosen] ?? 0);
      check(checkDigits(id, from));
      return { kind: 'string', body: id.pieces };
    },
  }),
  defineType({
    key: 'rf_reference',
    label: 'Creditor reference',
    family: 'finance',
    summary: 'Structured reference of an invoice (ISO 11649, "RF") with valid check digits.',
    aliases: ['creditor_reference', 'iso_11649'],
    options: {
      length: { kind: 'integer', min: 1, max: 21, summary: 'Digits behind the check digits.', default: 12 },
      formatted: { kind: 'boolean', summary: 'Groups of four with blanks between them.', default: false },
    },
    example: 'RF48000219073615',
    build: ({ length, formatted }, context) => {
      const id = new Identifier(context).fixed('RF');
      const check = id.later(2);
      id.digits(length as number);
      check(checkDigits(id, 4));
      return { kind: 'string', body: formatted === true ? grouped(id.pieces, [4]) : id.pieces };
    },
  }),
  defineType({
    key: 'qr_reference',
    label: 'Swiss QR reference',
    family: 'finance',
    summary: 'Reference of a Swiss QR-bill or payment slip (ESR): 27 digits, the last a valid check digit.',
    aliases: ['esr', 'esr_reference', 'qrr'],
    options: {
      formatted: { kind: 'boolean', summary: 'Groups as on the bill, with blanks between them.', default: false },
    },
    example: '210000000003139471430009017',
    build: ({ formatted }, context) => {
      const id = new Identifier(context).digits(26);
      const carry = id.fold(10, (state, char) => CARRY[(state + characterValue(char)) % 10] ?? 0);
      id.number(lookup([0, 9, 8, 7, 6, 5, 4, 3, 2, 1], carry), 1);
      return { kind: 'string', body: formatted === true ? grouped(id.pieces, [2, 5]) : id.pieces };
    },
  }),
  defineType({
    key: 'ogm_reference',
    label: 'Belgian structured communication',
    family: 'finance',
    summary: 'Reference of a Belgian transfer (OGM/VCS) with valid check digits.',
    aliases: ['ogm', 'vcs', 'structured_communication'],
    options: { formatted: { kind: 'boolean', summary: 'With plus signs and strokes, as printed.', default: true } },
    example: '+++010/8068/17183+++',
    build: ({ formatted }, context) => {
      const id = new Identifier(context);
      const mark = (text: string): void => {
        if (formatted === true) id.separator(text);
      };
      mark('+++');
      id.digits(3);
      mark('/');
      id.digits(4);
      mark('/');
      id.digits(3);
      // The remainder by 97, and 97 in place of nought (Febelfin, standard for credit transfers).
      id.number(add(mod(add(mod(id.sum(powersOfTen(9, 97)), 97), 96), 97), 1), 2);
      mark('+++');
      return { kind: 'string', body: id.pieces };
    },
  }),
];
