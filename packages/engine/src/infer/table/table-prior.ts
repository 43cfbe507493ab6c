import { type Guess, guessKind } from '../rules/guess.ts';

/** Kinds that tables are full of, by the types of those that are known. */
const KIND_OF: ReadonlyMap<string, string> = new Map([
  ['boolean', 'boolean'],
  ['currency', 'money'],
  ['percentage', 'percent'],
]);
const KINDS = new Set(['count', 'code', 'money', 'measure']);
/** Types of words: names, places, texts. */
const WORDS = new Set(
  'first_name last_name full_name company headline paragraph note sentence city country state street_address secondary_address email phone postcode url job_title department product_name name_prefix'.split(
    ' ',
  ),
);
const LEAST = 3;
/** Share of the columns that are known, below which they say nothing of the others. */
const ENOUGH_KNOWN = 0.4;
/** Share of the known columns. */
const MOSTLY = 0.5;
/** The same of words, of which there are many types. */
const OF_WORDS = 0.5;
const BY_TABLE = 0.42;
const KNOWN = 0.6;

/** The kind that most known columns of a table are of, for those that are not known; undefined where there is none. */
export function tablePrior(best: readonly (Guess | undefined)[]): Guess | undefined {
  const counts = new Map<string, number>();
  let known = 0;
  for (const guess of best) {
    if (guess === undefined || guess.confidence < KNOWN) continue;
    known++;
    const kind =
      KIND_OF.get(guess.type) ??
      (WORDS.has(guess.type) ? 'term' : guess.kind !== undefined && KINDS.has(guess.kind) ? guess.kind : undefined);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (known < best.length * ENOUGH_KNOWN) return undefined;
  for (const [kind, count] of most)
    if (count >= LEAST && count > known * (kind === 'term' ? OF_WORDS : MOSTLY))
      return guessKind(kind, BY_TABLE, `most columns of the table that are known are like this`, 'fallback');
  return undefined;
}
