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

/** What a column may hold, the likeliest first; never empty. */
export function guessColumn(reading: Reading, context: TableContext): Guess[] {
  return rank([
    ...sapGuesses(reading, context),
    ...bareNameGuesses(reading, context),
    ...nearGuesses(reading, context),
    ...kinGuesses(reading, context),
    ...momentGuesses(reading, context),
    ...latelyGuesses(reading),
    ...identifierGuesses(reading),
    ...gradeGuesses(reading, context),
    ...frontGuesses(reading),
    ...affixGuesses(reading),
    ...countGuesses(reading),
    ...digestGuesses(reading),
    ...questionGuesses(reading),
    ...clauseGuesses(reading),
    ...verbGuesses(reading),
    ...prepositionGuesses(reading),
    ...sizeGuesses(reading, context),
    ...contactGuesses(reading),
    ...conceptGuesses(reading, context),
    ...nameGuesses(reading),
    ...setGuesses(reading, context),
    ...measureGuesses(reading, context),
    ...endingGuesses(reading),
    ...formGuesses(reading),
    ...fallbackGuesses(reading),
  ]);
}
