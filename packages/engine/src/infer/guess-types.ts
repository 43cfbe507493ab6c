import { type Candidate, CONFIDENT, type InferOptions } from './inference.ts';
import { readTable } from './normalise/read-table.ts';
import { guessColumn } from './rules/guess-column.ts';
import { localeFor } from './table/locale-for.ts';
import { readHint } from './table/read-hint.ts';

/**
 * What each column of a table may hold, each for itself, the likeliest first and none that is only guessed: for readers of
 * schemas, who know more of their columns than names.
 */
export function guessTypes(names: readonly string[], options: InferOptions = {}): Candidate[][] {
  const hint = readHint(options.domainHint ?? '');
  const { locale } = localeFor(options.locale, hint);
  const { readings, context } = readTable(names, options.table ?? hint.table, hint, locale);
  return readings.map((reading) =>
    guessColumn(reading, context).filter(({ confidence, source }) => confidence >= CONFIDENT && source !== 'generic'),
  );
}
