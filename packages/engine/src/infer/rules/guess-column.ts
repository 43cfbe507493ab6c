import type { Reading } from '../parse-name/reading.ts';
import { bareNameGuesses } from '../table/bare-names.ts';
import { kinGuesses } from '../table/kin-rules.ts';
import { nearGuesses } from '../table/near-rules.ts';
import type { TableContext } from '../table/table-context.ts';
import { affixGuesses } from './affix-rules.ts';
import { clauseGuesses } from './clause-rules.ts';
import { conceptGuesses } from './concept-rules.ts';
import { contactGuesses } from './contact-rules.ts';
import { countGuesses } from './count-rules.ts';
import { digestGuesses } from './digest-rules.ts';
import { endingGuesses } from './ending-rules.ts';
import { fallbackGuesses } from './fallback-rules.ts';
import { formGuesses } from './form-rules.ts';
import { frontGuesses } from './front-rules.ts';
import { gradeGuesses } from './grade-rules.ts';
import type { Guess } from './guess.ts';
import { identifierGuesses } from './identifier-rules.ts';
import { latelyGuesses } from './lately-rules.ts';
import { measureGuesses } from './measure-rules.ts';
import { momentGuesses } from './moment-rules.ts';
import { nameGuesses } from './name-rules.ts';
import { prepositionGuesses } from './preposition-rules.ts';
import { questionGuesses } from './question-rules.ts';
import { rank } from './rank.ts';
import { sapGuesses } from './sap-rules.ts';
import { setGuesses } from './set-rules.ts';
import { sizeGuesses } from './size-rules.ts';
import { verbGuesses } from './verb-rules.ts';

/** In the order in which equal guesses are preferred. */
const RULES: readonly ((reading: Reading, context: TableContext) => readonly Guess[])[] = [
  sapGuesses,
  bareNameGuesses,
  nearGuesses,
  kinGuesses,
  momentGuesses,
  latelyGuesses,
  identifierGuesses,
  gradeGuesses,
  frontGuesses,
  affixGuesses,
  countGuesses,
  digestGuesses,
  questionGuesses,
  clauseGuesses,
  verbGuesses,
  prepositionGuesses,
  sizeGuesses,
  contactGuesses,
  conceptGuesses,
  nameGuesses,
  setGuesses,
  measureGuesses,
  endingGuesses,
  formGuesses,
  fallbackGuesses,
];

/** What a column may hold, the likeliest first; never empty. */
export function guessColumn(reading: Reading, context: TableContext): Guess[] {
  const guesses: Guess[] = [];
  for (const rule of RULES) for (const guess of rule(reading, context)) guesses.push(guess);
  return rank(guesses);
}
