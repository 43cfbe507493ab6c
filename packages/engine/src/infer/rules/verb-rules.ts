import verbData from '../data/verbs.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import { TYPED } from './front-rules.ts';
import { type Guess, guessKind } from './guess.ts';
import { isPlural } from './plural.ts';

const verbs: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(verbData).map(([language, words]) => [language, new Set(words.split(' '))]),
);
/** Heads besides the usual ones that say what the values are. */
const HEADS = new Set(
  'uri link template term terms result results word words keyword keywords interval period frequency order script command action response event datetime timestamp day month year task job user query button percentage attempts retries size length'.split(
    ' ',
  ),
);
/** What is done to addresses and secrets, which are then not meant. */
const PROVED = new Set(['revoke', 'verify', 'validate', 'authenticate', 'mask', 'anonymize', 'obfuscate']);
const CONTACTS = new Set(['email', 'phone', 'address', 'token', 'password', 'name', 'key', 'user']);
/** What narrows something down to a list. */
const NARROWS = new Set('restrict restricted limit limited exclude excluded confine'.split(' '));

/** Verbs in front of what they do something to or with: `controla_stock`, `create_new_batch`; and what they narrow. */
export function verbGuesses({ raw, spoken, language, words }: Reading): Guess[] {
  const first = raw[0] as string;
  if (raw.length === 1 && language !== undefined && verbs.get('alone')?.has(first) === true)
    return [guessKind('boolean', 0.92, `"${first}" is what is done or not`)];
  if (spoken.length < 2) return [];
  const last = spoken.at(-1) as string;
  if (NARROWS.has(first) && raw[1] === 'to' && isPlural(last))
    return [guessKind('term', 0.94, `"${first} to" lists what is left`)];
  const isVerb = (language !== undefined && verbs.get(language)?.has(first)) || verbs.get('en')?.has(first);
  if (
    !isVerb ||
    (TYPED.has(last) && !(PROVED.has(first) && CONTACTS.has(last))) ||
    HEADS.has(last) ||
    (words.at(-1) === first && raw.length < 3)
  )
    return [];
  return [guessKind('boolean', 0.89, `"${first}" in front says what is done or not`)];
}
