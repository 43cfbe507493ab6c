import { pick, text } from '../../../plan/program.ts';
import { Identifier } from '../../checks/identifier.ts';
import { defineType, type FieldType } from '../../field-type.ts';
import { checkCountry, countryOf, countryOption } from '../country-option.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** The first character of a location is none of 0 and 1; the second is 0 for tests and 1 for passive participants. */
const LOCATION = [...'23456789', ...LETTERS];

/** Business identifier codes of banks (ISO 9362). */
export const bicType: FieldType = defineType({
  key: 'bic',
  label: 'BIC (SWIFT code)',
  family: 'finance',
  summary:
    "Code of a bank in the row's country. By default a test code, with 0 as its eighth character, which no bank has in the live network.",
  aliases: ['swift', 'swiftCode', 'bic_code', 'swift_bic'],
  options: {
    country: countryOption,
    length: {
      kind: 'one of',
      values: ['8', '11'],
      summary: 'With (11) or without (8) the branch.',
      default: '8',
    },
    test: { kind: 'boolean', summary: 'Test codes only; false gives codes that a bank may have.', default: true },
  },
  example: 'KMZTDEF0',
  localised: true,
  check: checkCountry,
  build: (options, context) => {
    const country = countryOf(options, context);
    const id = new Identifier(context).letters(4);
    const places = context.lists.ofPlaces('country_code', (place) => place.country);
    const head = [
      ...id.pieces,
      country === undefined ? pick(places, context.member('place', 0, places.length)) : text(country),
    ];
    const tail = new Identifier(context).letters(1, LOCATION);
    if (options['test'] === true) tail.fixed('0');
    else tail.letters(1, LOCATION);
    if (options['length'] === '11') tail.digits(3);
    return { kind: 'string', body: [...head, ...tail.pieces] };
  },
});
