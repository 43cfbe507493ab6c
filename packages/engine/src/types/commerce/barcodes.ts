import { complement } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { characterValue, weights } from '../checks/weights.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';

/** GS1 check digit: from the right, places count three and one in turns (GS1 General Specifications, 7.9). */
function gs1(prefix: string, length: number, context: BuildContext): Identifier {
  const id = new Identifier(context);
  if (prefix !== '') id.fixed(prefix);
  id.digits(length - 1 - prefix.length);
  const sum = id.sum((char, position) => characterValue(char) * ((length - 1 - position) % 2 === 1 ? 3 : 1));
  return id.number(complement(sum, 10), 1);
}

const barcode = (
  key: string,
  label: string,
  summary: string,
  aliases: readonly string[],
  [prefix, length]: readonly [string, number],
  example: string,
): FieldType =>
  defineType({
    key,
    label,
    family: 'commerce',
    summary,
    aliases,
    options: {},
    example,
    build: (_, context) => ({ kind: 'string', body: gs1(prefix, length, context).pieces }),
  });

const TEN = [...'0123456789'];

/** Numbers that stand under bars; the prefixes are those of GS1 for use within a company, where there are any. */
export const barcodeTypes: readonly FieldType[] = [
  barcode(
    'ean13',
    'EAN-13',
    'A GTIN-13 of the range for use within a company (prefix 20).',
    ['ean', 'ean_13', 'gtin13', 'barcode'],
    ['20', 13],
    '2012345678900',
  ),
  barcode(
    'ean8',
    'EAN-8',
    'A GTIN-8 of the range for use within a company (prefix 2).',
    ['ean_8', 'gtin8'],
    ['2', 8],
    '20123451',
  ),
  barcode(
    'upc',
    'UPC-A',
    'A GTIN-12 of the range for use within a company (prefix 4).',
    ['upc_a', 'gtin12'],
    ['4', 12],
    '412345678903',
  ),
  barcode(
    'gtin',
    'GTIN-14',
    'A GTIN-14: a packing level and the number of what is packed.',
    ['gtin14', 'gtin_14'],
    ['120', 14],
    '12012345678903',
  ),
  barcode(
    'sscc',
    'SSCC',
    'The number of a logistic unit, 18 digits.',
    ['serial_shipping_container_code'],
    ['', 18],
    '340123450000000000',
  ),
  defineType({
    key: 'isbn',
    label: 'ISBN',
    family: 'commerce',
    summary: 'Number of a book: 13 digits, or the 10 of before 2007.',
    aliases: ['isbn13', 'isbn_13'],
    options: { length: { kind: 'one of', values: ['13', '10'], summary: 'Digits of the number.', default: '13' } },
    example: '9780306406157',
    build: ({ length }, context) => {
      if (length === '13') return { kind: 'string', body: gs1('978', 13, context).pieces };
      const id = new Identifier(context).fixed('0').digits(8);
      // Modulo 11 with X for ten (ISO 2108:1992).
      const sum = id.sum(weights([10, 9, 8, 7, 6, 5, 4, 3, 2]));
      return { kind: 'string', body: id.char(complement(sum, 11), [...TEN, 'X']).pieces };
    },
  }),
  defineType({
    key: 'issn',
    label: 'ISSN',
    family: 'commerce',
    summary: 'Number of a periodical.',
    options: {},
    example: '0317-8471',
    build: (_, context) => {
      const id = new Identifier(context).digits(4).separator('-').digits(3);
      // ISO 3297.
      const sum = id.sum(weights([8, 7, 6, 5, 4, 3, 2]));
      return { kind: 'string', body: id.char(complement(sum, 11), [...TEN, 'X']).pieces };
    },
  }),
  defineType({
    key: 'asin',
    label: 'ASIN',
    family: 'commerce',
    summary: 'A shop article number: B0 and eight letters or digits.',
    options: {},
    example: 'B07XJ8C8F5',
    build: (_, context) => ({
      kind: 'string',
      body: new Identifier(context).fixed('B0').letters(8, [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']).pieces,
    }),
  }),
];
