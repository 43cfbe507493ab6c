import { type Guess, guessKind, kind } from '../rules/guess.ts';
import { rank } from '../rules/rank.ts';
import { FORMS } from './forms.ts';
import { type SampleFacts, sampleFacts } from './sample-facts.ts';
import { shapeOf } from './shape-of.ts';

/** Share of samples that must look alike: a few may be wrong. */
const NEARLY_ALL = 0.9;
const FEW = 0.5;
const VETOED = 0.3;
const PROMOTED = 0.97;
const CONFIRMED = 0.99;
const UNFORMED = 0.35;
const MOST_VALUES = 20;
const TRUTHS: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
];

/** Types whose values are words: no column of numbers has them. */
const WORDS = new Set(
  'first_name last_name full_name middle_name company product_name headline paragraph note sentence words city country state department job_title street_address product_category industry email username url'.split(
    ' ',
  ),
);
/** Types whose values are numbers: no column of words has them. */
const NUMBERS = new Set(
  'number float currency price quantity percentage age year latitude longitude height_cm weight_kg review_score file_size mileage_km line_total discount_percentage'.split(
    ' ',
  ),
);

/** The guesses in the light of values as they occur: these veto what cannot be, and promote what they show. */
export function judgeSamples(guesses: readonly Guess[], values: readonly unknown[]): Guess[] {
  const facts = sampleFacts(values);
  if (facts === undefined) return [...guesses];
  const shown = shows(facts, guesses);
  const judged = guesses.map((guess) => (contradicts(guess, facts, shown) ? vetoed(guess) : guess));
  const confirmed = judged.map((guess) =>
    shown !== undefined &&
    guess.type === shown.type &&
    shown.type !== 'enum' &&
    shown.type !== 'number' &&
    shown.type !== 'float' &&
    shown.type !== 'regex'
      ? { ...guess, confidence: CONFIRMED, source: 'samples' as const, reason: `${guess.reason}; the samples agree` }
      : guess,
  );
  return rank([...(shown === undefined ? [] : [shown]), ...confirmed, ...plainText(facts)]);
}

/** Where the name is vetoed and no form is seen: texts are at least texts. */
const plainText = ({ range, texts }: SampleFacts): Guess[] =>
  range === undefined && share(texts, (text) => text.length > 80) < FEW
    ? [guessKind('label', UNFORMED, 'the samples are texts of no known form', 'samples')]
    : range === undefined
      ? [guessKind('text', UNFORMED, 'the samples are long texts', 'samples')]
      : [];

const vetoed = (guess: Guess): Guess => ({
  ...guess,
  confidence: guess.confidence * VETOED,
  reason: `${guess.reason}; the samples look otherwise`,
});

const share = (texts: readonly string[], holds: (text: string) => boolean): number =>
  texts.filter(holds).length / texts.length;

/** What samples alone tell. */
function shows(facts: SampleFacts, guesses: readonly Guess[]): Guess | undefined {
  const made = (
    type: string,
    options: Readonly<Record<string, unknown>>,
    confidence: number,
    description: string,
    reason: string,
  ): Guess => ({
    ...kind('label'),
    type,
    options,
    confidence,
    description,
    reason,
    source: 'samples',
  });
  const form = FORMS.find(({ holds }) => share(facts.texts, holds) >= NEARLY_ALL);
  if (form !== undefined)
    return made(
      form.type,
      form.options ?? {},
      PROMOTED,
      form.description,
      `the samples look like a ${form.description}`,
    );
  const distinct = [...facts.counts.values()];
  const lower = new Set([...facts.counts.keys()].map((text) => text.toLowerCase()));
  const truth = TRUTHS.find((pair) => [...lower].every((text) => pair.includes(text)));
  if (truth !== undefined) return made('boolean', {}, PROMOTED, 'yes or no', `the samples are ${truth.join(' or ')}`);
  if (facts.texts.length >= 8 && distinct.length <= MOST_VALUES && distinct.length <= facts.texts.length / 3)
    return made(
      'enum',
      { values: distinct.map(({ value }) => value), weights: distinct.map(({ count }) => count) },
      0.95,
      'one of the values that occur',
      `the samples repeat ${distinct.length} values`,
    );
  if (facts.range !== undefined) return inRange(facts.range, guesses, made);
  const shape = shapeOf(facts.texts);
  return shape === undefined
    ? undefined
    : made('regex', { pattern: shape }, 0.9, 'a code', 'the samples have one shape');
}

function inRange(
  { min, max, decimals }: NonNullable<SampleFacts['range']>,
  [best]: readonly Guess[],
  made: (
    type: string,
    options: Readonly<Record<string, unknown>>,
    confidence: number,
    description: string,
    reason: string,
  ) => Guess,
): Guess | undefined {
  if (Math.abs(min) > 1e12 || Math.abs(max) > 1e12) return undefined;
  const numeric = best !== undefined && NUMBERS.has(best.type);
  const places = Math.min(decimals, 4);
  const options = places === 0 ? { min: Math.floor(min), max: Math.ceil(max) } : { min, max, decimals: places };
  const type = places === 0 ? 'number' : 'float';
  return made(
    type,
    options,
    numeric || (best !== undefined && WORDS.has(best.type)) ? 0.9 : 0.7,
    best !== undefined && numeric ? best.description : 'a number',
    `the samples are numbers from ${min} to ${max}`,
  );
}

function contradicts(guess: Guess, facts: SampleFacts, shown: Guess | undefined): boolean {
  const form = FORMS.find(({ type }) => type === guess.type);
  if (form !== undefined && shown?.type !== guess.type)
    return share(facts.texts, form.holds) < FEW && form.type !== 'phone';
  if (facts.range !== undefined && WORDS.has(guess.type)) return true;
  if (facts.range === undefined && NUMBERS.has(guess.type) && share(facts.texts, (text) => /\d/.test(text)) < FEW)
    return true;
  if (guess.type === 'boolean' && shown !== undefined && shown.type !== 'boolean' && facts.counts.size > 3) return true;
  const other = shown === undefined ? undefined : FORMS.find(({ type }) => type === shown.type);
  return other !== undefined && guess.type !== other.type && !(other.alike ?? []).includes(guess.type);
}
