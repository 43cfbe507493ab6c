// Locales of further languages and scripts, described as in locales.mjs, and also:
//   fullName   order of a full name; without it given name first
//   generic    false: faker's names for both sexes are not taken (they mix in words that are no names)
//   script     of the locale, when it is not Latin; words of faker in another script are left out
//   fakerWords faker's locale for filler words
//   separator, stop      between words, and at the end of a sentence of filler words
//   sentence   order of a plain sentence
//   senior     how a job title becomes a senior one
//   convert    a function for all texts of the locale
const NUMBER_LAST = '{name} {number}';
const PLAIN = ['{last} {suffix}', '{last} & {last2} {suffix}', '{last}-{last2} {suffix}'];
const and = (word) => ['{last} {suffix}', `{last} ${word} {last2} {suffix}`, '{last}-{last2} {suffix}'];

export const moreLocales = [
  // English and other languages in further countries.
  { code: 'en_KE', label: 'English (Kenya)', language: 'en', country: 'KE', street: { numberMax: 299 } },
  {
    code: 'en_NG',
    label: 'English (Nigeria)',
    language: 'en',
    country: 'NG',
    names: 'en_NG',
    street: { numberMax: 299 },
  },
  { code: 'en_PH', label: 'English (Philippines)', language: 'en', country: 'PH', street: { numberMax: 1999 } },
  { code: 'en_SG', label: 'English (Singapore)', language: 'en', country: 'SG', street: { numberMax: 999 } },
  {
    code: 'es_AR',
    label: 'Spanish (Argentina)',
    language: 'es',
    country: 'AR',
    street: { pattern: NUMBER_LAST, numberMax: 4999 },
  },
  {
    code: 'es_CL',
    label: 'Spanish (Chile)',
    language: 'es',
    country: 'CL',
    street: { pattern: NUMBER_LAST, numberMax: 4999 },
  },
  {
    code: 'es_CO',
    label: 'Spanish (Colombia)',
    language: 'es',
    country: 'CO',
    street: { pattern: '{name} # {number}' },
  },
  {
    code: 'es_PE',
    label: 'Spanish (Peru)',
    language: 'es',
    country: 'PE',
    street: { pattern: NUMBER_LAST, numberMax: 1999 },
  },
  { code: 'it_CH', label: 'Italian (Switzerland)', language: 'it', country: 'CH' },
  // Northern Europe and the Baltic states.
  {
    code: 'da_DK',
    label: 'Danish (Denmark)',
    language: 'da',
    country: 'DK',
    names: 'da',
    street: { pattern: NUMBER_LAST, numberMax: 199, fakerStreets: 'da', suffixes: ['gade', 'vej', 'allé', 'stræde'] },
    company: and('og'),
    senior: 'Senior{}',
  },
  {
    code: 'nb_NO',
    label: 'Norwegian Bokmål (Norway)',
    language: 'nb',
    country: 'NO',
    names: 'nb_NO',
    street: { pattern: NUMBER_LAST, numberMax: 149, suffixes: ['veien', 'gata', 'stien', 'bakken'] },
    company: and('og'),
  },
  {
    code: 'fi_FI',
    label: 'Finnish (Finland)',
    language: 'fi',
    country: 'FI',
    names: 'fi',
    street: { pattern: NUMBER_LAST, numberMax: 99, suffixes: ['katu', 'tie', 'polku', 'kuja'] },
    company: and('ja'),
  },
  {
    code: 'et_EE',
    label: 'Estonian (Estonia)',
    language: 'et',
    country: 'EE',
    street: { pattern: NUMBER_LAST, numberMax: 149, suffixes: [' tänav', ' tee', ' põik', ' puiestee'] },
    company: and('ja'),
  },
];
