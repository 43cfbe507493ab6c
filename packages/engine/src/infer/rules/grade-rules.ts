import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import { type Guess, guessKind, kind } from './guess.ts';

/** Levels that have names: `education_level`. */
const NAMED = new Set(
  'education experience skill job seniority career employee staff log logging risk service priority severity urgency support membership difficulty language english proficiency access security privacy visibility alert threat care education_level academic school study grade activity stress confidence stock fuel water noise income pay salary impact customer loyalty isolation price energy fitness comfort degree qualification course class classification clearance triage compliance trust user member customer admin vip tier hierarchy approval management position role sensitivity criticality warning expertise'.split(
    ' ',
  ),
);
/** What ratings are means of, or the other way round. */
const MEANS = new Set(
  'average avg mean overall imdb tmdb google yelp tripadvisor product book movie film restaurant hotel seller store app host user users customer review aggregate total credit energy age film content fire power voltage current flow pressure star bond moody sp fitch mpaa esrb hurricane efficiency octane'.split(
    ' ',
  ),
);
/** Words of names under which a row says of many things whether it has each. */
const HAVING = new Set(
  'config feature features perm perms permission permissions cap capability amenity amenities equipment supports plugin addon flag opt ausstattung equipement equipamento dotazione'.split(
    ' ',
  ),
);
const SEVERAL = 3;
/** Of these, what is set rather than had. */
const SET =
  /^(os|browser|device|resolution|type|name|id|key|value|title|version|mode|data|json|file|path|url|group|level|count|date|code|description|language|locale|viewport|hash|set|list|status|size|limit|number|text)$/;

/** Levels and ratings in whole numbers, and what is had or not, of several things. */
export function gradeGuesses({ spoken, raw, foreign, words }: Reading, { written }: TableContext): Guess[] {
  const guesses: Guess[] = [];
  const last = spoken.at(-1) ?? '';
  const before = spoken.at(-2) ?? '';
  if (!foreign && spoken.length > 1 && last === 'level' && !NAMED.has(before))
    guesses.push({ ...whole(1, 10, 'level'), confidence: 0.945, reason: 'a level is a number' });
  if (!foreign && spoken.length > 1 && last === 'rating' && !spoken.some((word) => MEANS.has(word)))
    guesses.push({ ...whole(1, 5, 'rating'), confidence: 0.935, reason: 'one gives stars or points' });
  const first = raw[0] as string;
  if (raw.length === 2 && HAVING.has(first) && !SET.test(raw[1] as string) && !SET.test(words.at(-1) as string)) {
    const siblings = [...written].filter((name) => name.startsWith(`${first} `)).length;
    if (siblings > SEVERAL) guesses.push(guessKind('boolean', 0.93, `"${first}" of several things: had or not`));
  }
  return guesses;
}

const whole = (min: number, max: number, description: string): Omit<Guess, 'confidence' | 'reason'> => ({
  ...kind('count'),
  kind: 'count',
  options: { min, max },
  description,
  source: 'rule',
});
