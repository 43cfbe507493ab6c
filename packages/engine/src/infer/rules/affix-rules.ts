import type { Reading } from '../parse-name/reading.ts';
import { MOMENTS, TYPED } from './front-rules.ts';
import { type Guess, guessKind } from './guess.ts';
import { isPlural } from './plural.ts';
import { isParticiple, TRUTHS, truthGuesses } from './truth-rules.ts';

const ROW_FRONTS = new Set(['id', 'fk', 'pk']);
/** `id_card` and the like are of documents. */
const OF_IDENTITY = new Set(
  'number no card type code status expiry date proof document photo image name front back copy at on verified issued'.split(
    ' ',
  ),
);
/** Keys of kinds, in languages where no identity card is called `id`: `id_statut`, `id_tipo`. */
const STEMS_OF_KEYS = new Set(
  ['fr', 'es', 'pt', 'it'].flatMap((language) => ['type', 'status', 'code'].map((kind) => `${language} ${kind}`)),
);
/** Prepositions behind what was done, by the language of the table: `erstellt_am`, `gewijzigd_op`. */
const AT: ReadonlyMap<string, string> = new Map([
  ['de am', 'datetime'],
  ['de bis', 'date'],
  ['de von', 'date'],
  ['de ab', 'date'],
  ['nl op', 'datetime'],
  ['nl tot', 'date'],
  ['fr le', 'datetime'],
  ['es en', 'datetime'],
  ['pt em', 'datetime'],
  ['it il', 'datetime'],
]);

/** What the first and last words of a name say of its values: `is_…`, `…_at`, `num_…`, `…_flag`. */
export function affixGuesses(reading: Reading): Guess[] {
  const { spoken, words, raw, rawText, name, language, foreign } = reading;
  const guesses: Guess[] = [];
  const first = spoken[0] ?? '';
  const last = spoken.at(-1) ?? '';
  const head = words.at(-1) ?? '';
  const add = (kind: string, confidence: number, reason: string): void => {
    guesses.push(guessKind(kind, confidence, reason));
  };
  if (raw.length > 1) {
    measured(raw, add);
    const at = language === undefined ? undefined : AT.get(`${language} ${raw.at(-1)}`);
    if (at !== undefined && language === 'de' && raw.at(-1) === 'von' && PARTICIPLE.test(raw.at(-2) as string))
      add('person', 0.87, '"von" behind what was done is who did it');
    else if (at === 'date' && (spoken.includes('time') || spoken.includes('hours')))
      guesses.push({ ...guessKind('datetime', 0.9, 'a bound of a time'), type: 'time', options: {} });
    else if (at !== undefined) add(at, 0.87, `"${raw.at(-1)}" at the end is a moment`);
  }
  if (spoken.length > 1) {
    if (
      !RANGES.has(last) &&
      (((first === 'num' || raw[0] === 'num') && (isPlural(last) || isPlural(spoken[1] ?? ''))) ||
        raw[0] === 'nb' ||
        (first === 'number' && spoken[1] === 'of') ||
        (first === 'no' && spoken[1] === 'of'))
    )
      add('count', 0.95, `"${first}" at the front counts`);
    else if (first === 'num') add('number', 0.82, '"num" at the front names something');
    if (first === 'total' && isPlural(last)) add('count', 0.78, 'a total of things counts them');
    if (last === 'at') add('datetime', 0.94, '"at" at the end is a moment');
    if ((last === 'on' || last === 'off') && spoken.length === 2 && raw.length === 2 && RUNS.has(spoken[0] as string))
      add('boolean', 0.92, `whether the ${spoken[0]} runs`);
    if (last === 'on' || last === 'since' || last === 'until' || last === 'till')
      add('datetime', 0.8, `"${last}" at the end is a moment`);
    if (last === 'from' || last === 'to' || last === 'thru')
      add('datetime', 0.45, `"${last}" at the end bounds a time`);
    if (
      (ROW_FRONTS.has(first) || ROW_FRONTS.has(raw[0] ?? '')) &&
      !(raw[0] === 'id' && ((OF_IDENTITY.has(last) && !STEMS_OF_KEYS.has(`${language} ${last}`)) || last === 'id'))
    )
      add('id', 0.95, `"${first}" at the front names a row`);
    if (first === 'flag' && spoken.length < 5 && !TYPED.has(last))
      add('boolean', 0.95, '"flag" at the front is yes or no');
    if (first === 'send' && spoken.length === 2 && last !== 'date' && !MOMENTS.has(last))
      add('boolean', 0.93, 'whether it is sent');
    if (SUMS.has(spoken.at(-2) as string) && isParticiple(last) && !foreign) add('money', 0.93, 'so much of it');
    if (raw[0] === 'number' && spoken.length === 2 && first === 'number')
      add('count', 0.85, '"number" at the front counts');
    if (first === 'parent' && spoken.length === 2 && PARENTS.has(last)) add('id', 0.92, 'the row that it is part of');
    if (last === 'by')
      guesses.push({
        ...guessKind('id', 0.7, '"by" at the end names who did it'),
        type: 'username',
        options: {},
        description: 'who did it',
      });
    if (head === 'date') add('date', 0.84, 'a date');
    if (DATES.has(raw[0] as string) && !(NOT_OF_DATES.has(last) && (raw.at(-1) as string).length > 3))
      add(
        'date',
        language === undefined || spoken.some((word) => OF_ROWS.has(word)) ? 0.868 : 0.905,
        `"${raw[0]}" in front is a date of something`,
      );
    if (last === 'start' || last === 'end' || last === 'begin' || last === 'finish')
      add('date', 0.76, `"${last}" bounds a span of time`);
    if (head === 'time') add('datetime', 0.7, 'a time');
    if (head === 'number' || head === 'num') add('number', 0.8, '"number" at the end names something');
    if (
      (head === 'id' || (name.length > 3 && last === 'id')) &&
      !OF_PERSONS.has(spoken.at(-2) as string) &&
      !OF_PERSONS.has(words.at(-2) as string)
    )
      add('id', 0.9, '"id" names a row');
    if (spoken.includes('per') && !TYPED.has(first))
      add(spoken.indexOf('per') > 0 && !isPlural(first) ? 'per' : 'per', 0.86, '"per" makes it a ratio');
    if (['per', 'page'].every((word) => spoken.includes(word))) add('count', 0.93, 'so many a page');
    if ((first === 'max' || first === 'min' || first === 'maximum' || first === 'minimum') && isPlural(last))
      add('count', 0.8, 'a bound of a count');
    if (first === 'last' && isParticiple(last)) add('datetime', 0.85, 'when it was last done');
    if (first === 'avg' || first === 'average' || first === 'mean' || first === 'median')
      add('measure', 0.72, 'a mean');
    if (
      raw[0] === 'info' &&
      language !== undefined &&
      !['email', 'phone', 'url', 'address', 'name', 'date'].includes(last)
    )
      add('text', 0.9, '"info" in front is put in words');
    if (last === 'json' || last === 'jsonb') add('json', 0.95, '"json" at the end');
  }
  if (spoken.indexOf('is') > 0 && last !== 'is') add('boolean', 0.9, '"is" inside asks a question');
  const has = Math.max(raw.indexOf('has'), raw.indexOf('can'));
  if (has > 0 && has < raw.length - 1) add('boolean', 0.95, `"${raw[has]}" inside asks a question`);
  if (language === 'tr' && raw.length > 1 && PARTICLES.has(raw.at(-1) as string))
    add('boolean', 0.95, `"${raw.at(-1)}" at the end asks a question`);
  if (TRUTHS.has(rawText)) add('boolean', raw.length === 1 ? 0.88 : 0.93, `"${rawText}" is yes or no`);
  guesses.push(...truthGuesses(reading));
  return guesses;
}

/** What is part of another of its kind. */
const PARENTS = new Set(
  'station category account order comment task item product node page post group folder organization unit location department record message thread menu object entity issue ticket project asset device space section class case event sample specimen contract transaction invoice row section'.split(
    ' ',
  ),
);

/** What is switched on and off. */
const RUNS = new Set(
  'pump light lights power engine heating heater cooling fan ac motor relay switch alarm lamp led compressor boiler valve charger camera screen display wifi gps bluetooth sensor device machine water gas ignition headlights lock'.split(
    ' ',
  ),
);
/** What makes a Turkish sentence a question. */
const PARTICLES = new Set(['mi', 'mu']);

/** Words for a date that stand in front of what it is the date of. */
const DATES = new Set(['date', 'fecha', 'data', 'datum', 'dato']);
/** What is done to rows, at a moment rather than on a day: `fecha_creacion`. */
const OF_ROWS = new Set(
  'created creation create updated update modified modification modify changed change added add inserted insertion registered registration registry deleted deletion login access time timestamp mod upd'.split(
    ' ',
  ),
);
/** Heads behind them that say something else of dates. */
const NOT_OF_DATES = new Set(
  'time format type range id count number style year month day hour status code field name key dimension interval precision source center text zone mode filter validity at url quality size set base version size model'.split(
    ' ',
  ),
);
/** What was done, in German: `freigegeben`, `verkauft`, `erstellt`. */
const PARTICIPLE = /^([a-z]{2,4})?ge[a-z]{3,}(t|en)$|^(er|ver|be|ent|zer)[a-z]{3,}t$/;
/** Amounts of which a part was done: `tax_refunded`. */
const SUMS = new Set(['discount', 'tax', 'subtotal', 'total', 'shipping', 'amount', 'fee', 'cost']);
/** Whose identifier is no key of a row: `buyer_national_id`, `home_email_id`. */
const OF_PERSONS = new Set(['national', 'tax', 'vat', 'email', 'mail', 'voter', 'login']);
/** What counts fall into. */
const RANGES = new Set(['range', 'bracket', 'class', 'category', 'group', 'band']);
/** Words in front that say how something is measured: pct_complete, avg_depth, sqft_living. */
const MEASURES: ReadonlyMap<string, string> = new Map([
  ['pct', 'percent'],
  ['perc', 'percent'],
  ['percent', 'percent'],
  ['percentage', 'percent'],
  ['ts', 'datetime'],
  ['sqft', 'measure'],
  ['sqm', 'measure'],
  ['km', 'measure'],
  ['kg', 'measure'],
  ['sum', 'measure'],
  ['std', 'measure'],
  ['delta', 'measure'],
]);

function measured(raw: readonly string[], add: (kind: string, confidence: number, reason: string) => void): void {
  const kind = MEASURES.get(raw[0] === 'm' && /^[23]$/.test(raw[1] as string) ? 'sqm' : (raw[0] as string));
  if (kind !== undefined) add(kind, 0.87, `"${raw[0]}" at the front says what the values are`);
}
