import type { Language } from '../normalise/languages.ts';
import type { Reading } from '../parse-name/reading.ts';
import { TYPED as HEADS } from './front-rules.ts';
import { type Guess, guessKind, kind } from './guess.ts';

/** Prepositions behind what was done, by the language of the table: who did it, or to whom it was done. */
const WHO = new Set(
  'de von|de durch|nl door|nl aan|it da|fr par|fr a|es por|es a|pt por|pt para|sv av|da af|pl przez|tr tarafindan'.split(
    '|',
  ),
);
/** When it was done, or from and to when it is so. */
const DAY = new Set(
  'de seit|de zum|de ab|de bis|nl sinds|nl tot|nl vanaf|nl per|fr depuis|fr le|fr au|fr jusqu|es desde|es hasta|es el|pt desde|pt ate|pt em|it dal|it il|it fino|sv fran|sv till|da fra|da til|pl od|pl do|pl dnia'.split(
    '|',
  ),
);
/** Of these, what is never said of the moment of an act. */
const SINCE = new Set('seit sinds depuis desde dal vanaf tot bis hasta ate fran od'.split(' '));
/** Nouns for a beginning or an end, in front of what begins or ends where heads come first, or where none is declined. */
const BOUNDS = new Set(
  'de beginn|de anfang|de ende|de start|es inicio|es fin|es termino|pt inicio|pt fim|pt termino|it inizio|it fine|fr debut|fr fin|nl begin|nl einde|nl eind|nl start|nl aanvang|sv slut|da slut|da start'.split(
    '|',
  ),
);
/** Nouns for a leave that is given or not. */
const LEAVE = new Set(
  'consent permission toestemming einwilligung zustimmung erlaubnis consentimiento consentimento consenso consentement droit diritto derecho direito autorisation autorizacion autorizzazione samtykke samtycke zgoda'.split(
    ' ',
  ),
);
/** Words that make something else of a bound or a leave. */
const TYPED = new Set(
  'time hours hour number id code status type by at page line row version name balance year month price km mileage address city amount reason text url percentage value odometer'.split(
    ' ',
  ),
);
/** Forms of verbs that say what was done: of Germanic languages, and of all others. */
const GERMANIC =
  /^(in|uit|af|aan|op|over|toe|ein|aus|auf|an|ab|vor|zu|um|nach|mit|fest|frei)?ge[a-z]{3,}(t|d|en)$|^(er|ver|be|ent|zer|ont|her|unter|over)[a-z]{3,}(t|d|en)$/;
const DONE = /(e|ee|es|ado|ada|ido|ida|ato|ata|ito|ita|uto|uta|so|sa|to|ta|ad|ny|na|ne)$/;

const isDone = (word: string, language: Language | undefined): boolean =>
  word.length > 3 && (language === 'de' || language === 'nl' ? GERMANIC : DONE).test(word);

/** What a preposition at the end of a name, a bound or a leave in front says. */
export function prepositionGuesses({ raw, spoken, language }: Reading): Guess[] {
  if (raw.length < 2) return [];
  const guesses: Guess[] = [];
  const first = raw[0] as string;
  const last = raw.at(-1) as string;
  const before = raw.at(-2) as string;
  const typed = TYPED.has(spoken.at(-1) as string) || HEADS.has(spoken.at(-1) as string);
  const isTime = spoken.includes('time') || spoken.includes('hours');
  const ending = language === undefined ? '' : `${language} ${last}`;
  if (DAY.has(ending) && !isTime)
    guesses.push(guessKind('date', SINCE.has(last) ? 0.93 : 0.88, `"${last}" at the end bounds a time`));
  else if (WHO.has(ending) && isDone(before, language))
    guesses.push({
      ...kind('person'),
      kind: 'person',
      confidence: 0.93,
      reason: `"${last}" behind what was done is who did it`,
      source: 'rule',
    });
  if (language !== undefined && BOUNDS.has(`${language} ${first}`) && !typed && !isTime)
    guesses.push(guessKind('date', 0.9, `"${first}" in front is when it begins or ends`));
  if (LEAVE.has(first) && !typed && spoken.at(-1) !== 'date')
    guesses.push(guessKind('boolean', 0.9, `"${first}" in front is given or not`));
  return guesses;
}
