import { complement } from '../../checks/check-digits.ts';
import { Identifier } from '../../checks/identifier.ts';
import { weights } from '../../checks/weights.ts';
import { defineType, type FieldType, type OptionSpec } from '../../field-type.ts';
import { grouped } from '../grouped.ts';

const two = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(2, '0'));

/** The twelve districts of the Federal Reserve, and those of thrift institutions, which have 20 added. */
const DISTRICTS = [...two(1, 12), ...two(21, 32)];

/** Australian banks by the first two digits, a state by the third (AusPayNet, BSB register). */
const AUSTRALIAN_BANKS = ['01', '03', '06', '08', '11', '12', '18', '30', '48', '63', '73', '76', '80', '92'];

const formatted = (summary: string, value: boolean): OptionSpec => ({ kind: 'boolean', summary, default: value });

/** Codes of banks and branches within a country. */
export const bankCodeTypes: readonly FieldType[] = [
  defineType({
    key: 'routing_number',
    label: 'Routing number',
    family: 'finance',
    summary: 'American bank routing number (ABA) of a Federal Reserve district, with a valid check digit.',
    aliases: ['routingNumber', 'aba_routing_number', 'aba', 'routing_transit_number'],
    options: {},
    example: '072403716',
    build: (_, context) => {
      const id = new Identifier(context).oneOf(DISTRICTS).digits(6);
      // American Bankers Association: 3 (d1 + d4 + d7) + 7 (d2 + d5 + d8) + (d3 + d6 + d9) is a multiple of ten.
      id.number(complement(id.sum(weights([3, 7, 1, 3, 7, 1, 3, 7])), 10), 1);
      return { kind: 'string', body: id.pieces };
    },
  }),
  defineType({
    key: 'sort_code',
    label: 'Sort code',
    family: 'finance',
    summary: 'British or Irish bank and branch.',
    aliases: ['sortCode', 'bank_sort_code'],
    options: { formatted: formatted('Pairs with hyphens between them.', true) },
    example: '20-48-16',
    build: (options, context) => {
      const { pieces } = new Identifier(context).between(1, 99, 2).digits(2).digits(2);
      return { kind: 'string', body: options['formatted'] === true ? grouped(pieces, [2], '-') : pieces };
    },
  }),
  defineType({
    key: 'bsb',
    label: 'BSB',
    family: 'finance',
    summary: 'Australian bank, state and branch.',
    aliases: ['bsb_number', 'bank_state_branch'],
    options: { formatted: formatted('With a hyphen after three digits.', true) },
    example: '063-417',
    build: (options, context) => {
      const { pieces } = new Identifier(context).oneOf(AUSTRALIAN_BANKS).between(2, 7, 1).digits(3);
      return { kind: 'string', body: options['formatted'] === true ? grouped(pieces, [3], '-') : pieces };
    },
  }),
  defineType({
    key: 'ifsc',
    label: 'IFSC',
    family: 'finance',
    summary: 'Indian bank branch: four letters, a nought and six digits (Reserve Bank of India).',
    aliases: ['ifsc_code'],
    options: {},
    example: 'KTRB0048216',
    build: (_, context) => ({ kind: 'string', body: new Identifier(context).letters(4).fixed('0').digits(6).pieces }),
  }),
];
