import { isLike, textOf, wordsOf } from './reading.ts';

/** Forms of values that several rules need: some as what a value must be, others as what it must not be. */
export const isEmail = isLike(/^[^@\s]+@[^@\s]+\.[^@\s]{2,}$/);
export const isUuid = isLike(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
export const isUrl = isLike(/^https?:\/\/\S+$/i);

const YEAR_FIRST = String.raw`\d{4}-\d\d-\d\d`;
const DAY_FIRST = String.raw`\d\d[./-]\d\d[./-]\d{4}`;
const DAY = new RegExp(`^(${YEAR_FIRST}|${DAY_FIRST}|\\d{4}/\\d\\d/\\d\\d|\\d{8})$`);
const MOMENT = new RegExp(`^(${YEAR_FIRST}[T ]|${DAY_FIRST} )\\d\\d:\\d\\d`);
const EPOCH = /^\d{10}(\d{3})?$/;

/** A day: ISO 8601, compact, or day and month first. */
export const isDay = isLike(DAY);
/** A day and a time of it, or seconds or milliseconds since 1970. */
export const isMoment = (value: unknown): boolean => MOMENT.test(textOf(value)) || EPOCH.test(textOf(value));

const WORD_OF_A_MACHINE = /^(true|false|null)$/i;

/** Something to read: it has a letter and is none of the things machines write with letters. */
export function isProse(value: unknown): boolean {
  const text = textOf(value);
  if (!/\p{L}/u.test(text) || WORD_OF_A_MACHINE.test(text) || /^[[{]/.test(text)) return false;
  return ![isEmail, isUuid, isUrl, isDay, isMoment].some((is) => is(text));
}

/** Something to read that is no longer than a name or a heading. */
export const isTitle = (value: unknown, mostWords: number, mostCharacters: number): boolean =>
  isProse(value) && wordsOf(value).length <= mostWords && textOf(value).length <= mostCharacters;

const PARTICLE = /^(de|di|da|du|del|la|le|el|al|van|von|d'|l')/i;

/** Begins as a name does: with a capital, a letter of a script without them, a digit, a quote, or a particle. */
export const startsLikeName = (value: unknown): boolean =>
  /^[\p{Lu}\p{Lo}\p{N}'"«„(]/u.test(textOf(value)) || PARTICLE.test(textOf(value));

/** Digits and capital letters of an official number, in groups: at least one digit among `least` to `most` characters. */
export const isOfficialNumber =
  (least: number, most: number) =>
  (value: unknown): boolean => {
    const text = textOf(value);
    return text.length >= least && text.length <= most && /\d/.test(text) && /^[A-Z\d][A-Z\d ./-]*$/i.test(text);
  };
