import type { Inference, InferOptions } from './inference.ts';
import { readTable } from './normalise/read-table.ts';
import type { Guess } from './rules/guess.ts';
import { guessColumn } from './rules/guess-column.ts';
import { localeFor } from './table/locale-for.ts';
import { readHint } from './table/read-hint.ts';

/**
 * The fields that suit the columns of a table, by their names. The same names and options give the same fields, always.
 * @param names of columns, all different
 */
export function inferTemplate(names: readonly string[], options: InferOptions = {}): Inference {
  const hint = readHint(options.domainHint ?? '');
  const { locale, notes } = localeFor(options.locale, hint);
  const { readings, context } = readTable(names, options.table ?? hint.table, hint, locale);
  const guesses = readings.map((reading) => guessColumn(reading, context));
  const fields = guesses.map((ranked, i) => {
    const [best, ...alternatives] = ranked as [Guess, ...Guess[]];
    return { name: names[i] as string, ...best, alternatives };
  });
  return { fields, locale, entity: context.entity, notes };
}
