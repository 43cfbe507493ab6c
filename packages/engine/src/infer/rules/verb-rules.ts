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
/** What narrows something down to a list. */
const NARROWS = new Set('restrict restricted limit limited exclude excluded confine'.split(' '));

/** Verbs in front of what they do something to or with: `controla_stock`, `create_new_batch`; and what they narrow. */
export function verbGuesses({ raw, spoken, language, words }: Reading): Guess[] {
  if (spoken.length < 2) return [];
  const first = raw[0] as string;
  const last = spoken.at(-1) as string;
  if (NARROWS.has(first) && raw[1] === 'to' && isPlural(last))
    return [guessKind('term', 0.94, `"${first} to" lists what is left`)];
  const isVerb = (language !== undefined && verbs.get(language)?.has(first)) || verbs.get('en')?.has(first);
  if (!isVerb || TYPED.has(last) || HEADS.has(last) || (words.at(-1) === first && raw.length < 3)) return [];
  return [guessKind('boolean', 0.89, `"${first}" in front says what is done or not`)];
}
