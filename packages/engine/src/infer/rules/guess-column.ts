import type { Reading } from '../parse-name/reading.ts';
import { bareNameGuesses } from '../table/bare-names.ts';
import { nearGuesses } from '../table/near-rules.ts';
import type { TableContext } from '../table/table-context.ts';
import { affixGuesses } from './affix-rules.ts';
import { clauseGuesses } from './clause-rules.ts';
import { conceptGuesses } from './concept-rules.ts';
import { countGuesses } from './count-rules.ts';
import { digestGuesses } from './digest-rules.ts';
import { fallbackGuesses } from './fallback-rules.ts';
import { formGuesses } from './form-rules.ts';
import { frontGuesses } from './front-rules.ts';
import type { Guess } from './guess.ts';
import { measureGuesses } from './measure-rules.ts';
import { momentGuesses } from './moment-rules.ts';
import { nameGuesses } from './name-rules.ts';
import { questionGuesses } from './question-rules.ts';
import { rank } from './rank.ts';
import { sapGuesses } from './sap-rules.ts';
import { setGuesses } from './set-rules.ts';
import { sizeGuesses } from './size-rules.ts';

/** What a column may hold, the likeliest first; never empty. */
export function guessColumn(reading: Reading, context: TableContext): Guess[] {
  return rank([
    ...sapGuesses(reading, context),
    ...bareNameGuesses(reading, context),
    ...nearGuesses(reading, context),
    ...momentGuesses(reading, context),
    ...frontGuesses(reading),
    ...affixGuesses(reading),
    ...countGuesses(reading),
    ...digestGuesses(reading),
    ...questionGuesses(reading),
    ...clauseGuesses(reading),
    ...sizeGuesses(reading, context),
    ...conceptGuesses(reading, context),
    ...nameGuesses(reading),
    ...setGuesses(reading, context),
    ...measureGuesses(reading, context),
    ...formGuesses(reading),
    ...fallbackGuesses(reading),
  ]);
}
