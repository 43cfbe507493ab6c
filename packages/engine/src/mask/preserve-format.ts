import { OTHER, type Place, placeOf } from './alphabets.ts';
import { ibanDigits, isCardNumber, isIban, luhnDigit } from './check-digits.ts';
import { type MaskKey, toHex } from './mask-key.ts';
import { permute } from './permute.ts';
import { looksLikeDate } from './shift-date.ts';

const EMAIL = /^[^\s@]+@([^\s@]+\.[^\s@]+)$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Whole numbers without zeros in front; JavaScript holds some of them exactly, and bigints hold all. */
const WHOLE = /^-?[1-9]\d*$/;

/** `number`: what JavaScript writes back as it read it. */
type Kind = 'email' | 'uuid' | 'iban' | 'card' | 'number' | 'large' | 'zero-led' | 'date' | 'text';

/**
 * What a text is, by itself and not by its field: the same value becomes the same in every table, whatever its column is
 * called there.
 */
function kindOf(text: string): Kind {
  if (EMAIL.test(text)) return 'email';
  if (UUID.test(text)) return 'uuid';
  if (isIban(compact(text))) return 'iban';
  if (/^[\d -]+$/.test(text) && isCardNumber(text.replaceAll(/[ -]/g, ''))) return 'card';
  if (looksLikeDate(text)) return 'date';
  if (isPlainNumber(text)) return 'number';
  if (WHOLE.test(text)) return 'large';
  return /^0\d+$/.test(text) ? 'zero-led' : 'text';
}

/**
 * Whether a text is a number as JavaScript writes it, of which most neighbours are ones too: fractions with more than 15
 * digits are mostly written otherwise.
 */
export const isPlainNumber = (text: string): boolean =>
  /^-?\d+(?:\.\d+)?$/.test(text) &&
  (!text.includes('.') || text.replaceAll(/\D/g, '').length <= 15) &&
  String(Number(text)) === text;

const compact = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/**
 * What becomes of an e-mail address: `digest`, eight digits, the same however the address is written; `letters`, other letters in
 * their places, so that it is as long as before and no two become the same.
 */
export type Emails = 'digest' | 'letters';

/**
 * A text of the same shape, the same for the same input and key: digits stay digits, letters stay letters of their script
 * and case, all else stays. E-mail addresses keep their domain, IBANs their country and cards their network, with
 * check digits that are right again; numbers stay numbers. Different inputs give different outputs (e-mail addresses: 32 bits).
 * @returns undefined for a date, whose digits make no other date: strategy `shift` is for them
 */
export function preserveFormat(key: MaskKey, given: string, emails: Emails = 'digest'): string | undefined {
  const text = given.normalize('NFC');
  const kind = kindOf(text);
  if (kind === 'date') return undefined;
  if (kind === 'email') return emails === 'digest' ? email(key, text) : lettersOfEmail(key, text);
  if (kind === 'iban') return iban(key, text);
  if (kind === 'card') return card(key, text);
  // Walking on until the kind is the same again keeps a permutation one ("cycle walking", Black and Rogaway 2002).
  const step = kind === 'uuid' ? uuid : characters;
  let image = step(key, text);
  while (kindOf(image) !== kind) image = step(key, image);
  return image;
}

/** Addresses differ in case without meaning another mailbox, in practice; the fake one is the same for both. */
function email(key: MaskKey, text: string): string {
  const domain = EMAIL.exec(text)?.[1] ?? '';
  return `${toHex(key.macOf('email', text.toLowerCase())).slice(0, 8)}@${domain}`;
}

function lettersOfEmail(key: MaskKey, text: string): string {
  const at = text.indexOf('@');
  return characters(key, text.slice(0, at), `email ${text.slice(at + 1).toLowerCase()}`) + text.slice(at);
}

function uuid(key: MaskKey, text: string): string {
  // The 13th digit is the version, the 17th begins with the variant (RFC 9562).
  const free = [...text].map((character, i) => character !== '-' && i !== 14 && i !== 19);
  const symbols = [...text]
    .filter((_, i) => free[i])
    .map((character) => ({ value: Number.parseInt(character, 16), size: 16 }));
  const values = permute(key, symbols, 'uuid').values();
  const image = [...text]
    .map((character, i) => (free[i] ? (values.next().value ?? 0).toString(16) : character))
    .join('');
  return /[A-F]/.test(text) ? image.toUpperCase() : image;
}

function iban(key: MaskKey, text: string): string {
  const plain = compact(text);
  const country = plain.slice(0, 2);
  const account = characters(key, plain.slice(4), `iban ${country}`);
  return withBlanks(text, country + ibanDigits(country, account) + account);
}

/** The first four digits tell the network, and nothing of whose card it is. */
function card(key: MaskKey, text: string): string {
  const digits = text.replaceAll(/[ -]/g, '');
  const network = digits.slice(0, 4);
  const body = network + characters(key, digits.slice(4, -1), `card ${network}`);
  return withBlanks(text, body + luhnDigit(body));
}

/** The characters set into the places of those of `like` that are no blank or hyphen; in lower case where `like` is. */
function withBlanks(like: string, replacement: string): string {
  const next = [...replacement].values();
  const lower = /[a-z]/.test(like) && !/[A-Z]/.test(like);
  const image = like.replaceAll(/[^\s-]/g, () => next.next().value ?? '');
  return lower ? image.toLowerCase() : image;
}

/** Every digit and letter exchanged for another of its alphabet. */
function characters(key: MaskKey, text: string, tweak = 'text'): string {
  const all = [...text];
  const places = all.map(placeOf);
  const known = places.filter((place): place is Place => place !== undefined);
  if (known.length === 0) return text;
  const others = all.filter((_, i) => places[i]?.alphabet === OTHER).join('');
  // Which alphabets decides the permutation, and not which case: what a join took for equal without looking at case stays so.
  const alphabets = known.map(({ alphabet }) => alphabet).join(',');
  const values = permute(key, known, `${tweak}\0${alphabets}\0${others}`).values();
  return all
    .map((character, i) => {
      const place = places[i];
      return place === undefined ? character : String.fromCodePoint(place.start + (values.next().value ?? 0));
    })
    .join('');
}
