import { nearestLocale } from '../locales/nearest-locale.ts';
import type { Candidate, Inference, InferOptions, InferredField } from './inference.ts';
import { readTable } from './normalise/read-table.ts';
import type { DraftField } from './options/draft-field.ts';
import { relateFields } from './options/index.ts';
import { type Guess, guessKind } from './rules/guess.ts';
import { guessColumn } from './rules/guess-column.ts';
import { judgeSamples } from './samples/judge-samples.ts';
import { localeFor } from './table/locale-for.ts';
import { readHint } from './table/read-hint.ts';
import { tablePrior } from './table/table-prior.ts';

/**
 * The fields that suit the columns of a table, by their names. The same names and options give the same fields, always.
 * @param names of columns, all different
 */
export function inferTemplate(names: readonly string[], options: InferOptions = {}): Inference {
  const hint = readHint(options.domainHint ?? '');
  const { locale, notes } = localeFor(options.locale, hint);
  const { readings, context, languages } = readTable(names, options.table ?? hint.table, hint, locale);
  const samples = new Map(Object.entries(options.samples ?? {}));
  const guessed = readings.map((reading) => guessColumn(reading, context));
  const prior = tablePrior(guessed.map(([best]) => best));
  const drafts = readings.map((reading, i): DraftField => {
    const alone = guessed[i] as Guess[];
    const byName = prior !== undefined && (alone[0]?.confidence ?? 0) < prior.confidence ? [prior, ...alone] : alone;
    const values = samples.get(reading.name);
    const [guess, ...alternatives] = (values === undefined ? byName : judgeSamples(byName, values)) as [
      Guess,
      ...Guess[],
    ];
    return { name: reading.name, reading, guess: inLanguage(guess, languages[i], locale), alternatives };
  });
  relateFields(drafts, context);
  return { fields: drafts.map(asField), locale, entity: context.entity, notes };
}

/** Types whose values are words of a language. */
const SPOKEN = new Set(
  'first_name last_name full_name middle_name city street_address company job_title country state department'.split(
    ' ',
  ),
);

/** Types that are the same in every language. */
const NUMBERS = new Set(['number', 'float', 'currency', 'percentage']);

/** A guess with the locale of the language its name says, where that is not the table's: `full_name_en`. */
function inLanguage(guess: Guess, language: string | undefined, locale: string): Guess {
  if (language !== undefined && NUMBERS.has(guess.type))
    return guessKind('term', 0.6, 'a language behind the name: it is put in words');
  if (language === undefined || locale.startsWith(language) || !SPOKEN.has(guess.type)) return guess;
  const spoken = nearestLocale(language);
  return spoken === undefined ? guess : { ...guess, options: { ...guess.options, locale: spoken } };
}

const asField = ({ name, guess, alternatives }: DraftField): InferredField => ({
  name,
  ...asCandidate(guess),
  description: guess.description,
  // What stands in for the unknown is no alternative to what is known.
  alternatives: alternatives
    .filter(({ source }) => source !== 'generic' || guess.source === 'generic')
    .map(asCandidate),
});

const asCandidate = ({ type, options, confidence, reason, source }: Guess): Candidate => ({
  type,
  options,
  confidence: Math.round(confidence * 1000) / 1000,
  reason,
  source,
});
