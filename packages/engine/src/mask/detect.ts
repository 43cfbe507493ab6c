import { isCardNumber, isIban } from './check-digits.ts';

/** Kinds of personal data that are found without being told. */
export type Personal =
  | 'email'
  | 'phone'
  | 'iban'
  | 'card'
  | 'national id'
  | 'first name'
  | 'last name'
  | 'name'
  | 'address'
  | 'postcode'
  | 'birth date';

/** Words of column names, in the languages that tables are named in; whole words, `_` between them. */
const NAMES: readonly (readonly [Personal, RegExp])[] = [
  ['email', /(^|_)(e_?mails?|mail_?address?e?s?|e_?mail_?address?e?s?|correo|courriel)($|_)/],
  ['phone', /(^|_)(phones?|mobiles?|cell_?phones?|telephones?|telefono?|telefoon|tel|handy|fax|msisdn|whatsapp)($|_)/],
  ['iban', /(^|_)ibans?($|_)/],
  [
    'card',
    /(^|_)((credit_?|debit_?|payment_?)?card_?(number|no|num)|credit_?card|creditcard|kreditkarte|pan|cc_?(number|num|no))($|_)/,
  ],
  [
    'national id',
    /(^|_)(ssn|social_?security(_?(number|no))?|national_?id(_?number)?|nino|steuer_?id|tax_?id|tax_?number|tin|cpf|bsn|nif|nie|dni|pesel|passport(_?(number|no))?|personal_?id(_?number)?|id_?card(_?number)?|driving_?licen[cs]e(_?number)?|driver_?s?_?licen[cs]e(_?number)?|emirates_?id|aadhaa?r)($|_)/,
  ],
  ['first name', /(^|_)(first_?name|given_?names?|forename|vorname|prenom|voornaam|fname)($|_)/],
  [
    'last name',
    /(^|_)(last_?name|sur_?name|family_?name|maiden_?name|nachname|familienname|geburtsname|achternaam|apellidos?|cognome|lname)($|_)/,
  ],
  [
    'name',
    /^name$|(^|_)(full_?name|middle_?name|(customer|contact|person|patient|employee|client|guest|passenger|member|student|teacher|owner|holder|recipient|sender|cardholder|account_?holder|beneficiary|display|legal|user_?full)_?name)($|_)/,
  ],
  [
    'birth date',
    /(^|_)(birth_?date|date_?of_?birth|birth_?day|dob|born(_?on)?|geburtsdatum|geburtstag|date_?naissance|fecha_?nacimiento)($|_)/,
  ],
  [
    'address',
    /^(address|addr|adresse|direccion|indirizzo)$|(^|_)((street|postal|home|shipping|billing|mailing|residential|delivery)_?address|address_?lines?(_?\d)?|address_?\d|street(_?name)?|strasse|strasze|rue|calle|house_?(number|no))($|_)/,
  ],
  ['postcode', /(^|_)(post_?code|postal_?code|zip(_?code)?|plz|postleitzahl)($|_)/],
];

/** Columns about personal data that hold none: email_verified, phone_type, card_id. */
const ABOUT = /_(at|count|type|verified|confirmed|status|flag|enabled|valid|sent|opt_in|format|length|hash|label)$/;

/** What kind of personal data a field of this name holds; undefined when the name says nothing. */
export function detectByName(name: string): Personal | undefined {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
  if (ABOUT.test(words)) return undefined;
  return NAMES.find(([, pattern]) => pattern.test(words))?.[0];
}

const EMAIL = /[^\s@<>"'(),:;]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,}/u;
/** With the + of ITU-T E.123, or written as in North America. */
const PHONE = /^(?:\+\d[\d ()./-]{6,20}\d|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})$/;
const US_SSN = /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/;
const IBAN_LIKE = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![\p{L}\p{N}])/gu;
const CARD_LIKE = /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])/g;

/** What kind of personal data is in a value, whatever its field is called; undefined when none is seen. */
export function detectByValue(value: unknown): Personal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const text = String(value);
  if (text.length < 6) return undefined;
  if (text.includes('@') && EMAIL.test(text)) return 'email';
  if (!/\d{2}/.test(text)) return undefined;
  if (US_SSN.test(text)) return 'national id';
  if (PHONE.test(text)) return 'phone';
  for (const [card] of text.matchAll(CARD_LIKE)) if (isCardNumber(card.replaceAll(/[ -]/g, ''))) return 'card';
  for (const [iban] of text.matchAll(IBAN_LIKE)) if (holdsIban(iban)) return 'iban';
  return undefined;
}

/** What follows an IBAN in a text may look like a part of it. */
function holdsIban(text: string): boolean {
  const compact = text.replaceAll(/[ -]/g, '').toUpperCase();
  for (let length = compact.length; length >= 15; length--) if (isIban(compact.slice(0, length))) return true;
  return false;
}

/** Types of the catalogue that make fakes of a kind, the first that exists. */
export const TYPES_OF: Readonly<Record<Personal, readonly string[]>> = {
  email: ['email'],
  phone: ['phone'],
  iban: ['iban'],
  card: ['credit_card_number'],
  'national id': ['national_id', 'ssn'],
  'first name': ['first_name'],
  'last name': ['last_name'],
  name: ['full_name'],
  address: ['street_address'],
  postcode: ['postcode'],
  'birth date': ['date'],
};
