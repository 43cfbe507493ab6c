import { wordsOf } from '../types-of-name.ts';

/** At most so many values make a closed set, each of them at most so long. */
const MOST_VALUES = 12;
const LONGEST = 24;
/** Each value must have been seen so often on average. */
const REPEATS = 3;
/** Words in names of columns that speak of people: their values are never kept, whatever they look like. */
const PERSONAL = new Set([
  'name',
  'firstname',
  'lastname',
  'surname',
  'person',
  'contact',
  'owner',
  'author',
  'manager',
  'customer',
  'client',
  'patient',
  'employee',
  'user',
  'email',
  'mail',
  'phone',
  'mobile',
  'address',
  'street',
  'city',
  'town',
  'birth',
  'dob',
  'ssn',
  'passport',
  'iban',
  'account',
  'card',
  'license',
  'licence',
  'plate',
  'ip',
  'token',
  'password',
  'secret',
  'diagnosis',
  'religion',
  'ethnicity',
  'note',
  'notes',
  'comment',
  'comments',
  'by',
  'assignee',
  'agent',
  'rep',
  'reviewer',
  'editor',
  'host',
  'driver',
  'teacher',
  'student',
  'member',
  'people',
  'who',
  'doctor',
  'nurse',
  'buyer',
  'seller',
  'sender',
  'recipient',
  'creator',
  'approver',
  'reporter',
]);

/**
 * Whether a column's texts are a closed set such as `new`, `paid`, `shipped`: few, short, seen again and again, single words or codes, in
 * a column that does not speak of people, and not for the most part first names.
 * @param firstNames in lower case
 */
export function isClosedSet(name: string, texts: readonly string[], firstNames: ReadonlySet<string>): boolean {
  const distinct = new Set<string>();
  for (const text of texts) {
    distinct.add(text);
    if (distinct.size > MOST_VALUES) return false;
  }
  if (texts.length < distinct.size * REPEATS) return false;
  if (wordsOf(name).some((word) => PERSONAL.has(word))) return false;
  const people = [...distinct].filter((text) => text.split(/[ .]/).some((word) => firstNames.has(word.toLowerCase())));
  return people.length * 2 < distinct.size && [...distinct].every(isWord);
}

/** Codes and words; two capitalised words (`Anna Becker`), @, and long runs of digits could be somebody's. */
const isWord = (text: string): boolean =>
  text.length <= LONGEST &&
  /^[\p{L}\p{N}][\p{L}\p{N} _./+&-]*$/u.test(text) &&
  !/\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}/u.test(text) &&
  !/\d{5}/.test(text);
