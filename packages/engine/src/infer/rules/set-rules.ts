import closedSets from '../data/closed-sets.json' with { type: 'json' };
import fallbackSets from '../data/fallback-sets.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import type { Guess } from './guess.ts';
import { type Found, PhraseIndex } from './phrase-index.ts';

interface ClosedSet {
  readonly names: readonly string[];
  readonly contexts?: readonly string[];
  readonly values: readonly unknown[];
  readonly weights?: readonly number[];
  readonly description: string;
}

let sets: PhraseIndex<ClosedSet> | undefined;
let fallbacks: PhraseIndex<ClosedSet> | undefined;

const SURE = 0.87;
const BARE = 0.8;
const BY_CONTEXT = 0.05;
const PER_WORD = 0.02;
const FALLBACK = 0.75;

/** The closed sets of values that a name may stand for; those whose context is there first. */
export function setGuesses(reading: Reading, context: TableContext): Guess[] {
  sets ??= new PhraseIndex(closedSets as readonly ClosedSet[]);
  fallbacks ??= new PhraseIndex(fallbackSets as readonly ClosedSet[]);
  const guesses: Guess[] = [];
  for (const found of sets.ending(reading.words)) {
    const guess = guessOf(found, reading, context);
    if (guess !== undefined) guesses.push(guess);
  }
  for (const { entry, phrase } of fallbacks.ending(reading.words))
    guesses.push({
      ...enumOf(entry),
      confidence: FALLBACK,
      reason: `"${phrase}" ends the name: values of a few, of which is not known`,
      source: 'fallback',
    });
  return guesses;
}

const ANYWHERE: readonly string[] = [];

function guessOf(
  { entry, phrase, length, place, plural }: Found<ClosedSet>,
  reading: Reading,
  context: TableContext,
): Guess | undefined {
  const contexts = entry.contexts ?? ANYWHERE;
  const before = reading.words.length - length;
  const matched: string[] = [];
  let own = 0;
  for (const word of contexts) {
    const isBefore = before > 0 && reading.words.lastIndexOf(word, before - 1) >= 0;
    // What the table is about is among what is near.
    if (!isBefore && !context.near.has(word)) continue;
    matched.push(word);
    if (isBefore || context.subject.has(word)) own++;
  }
  if (contexts.length > 0 && matched.length === 0) return undefined;
  const base = length === 1 && contexts.length === 0 ? BARE : SURE;
  const confidence =
    base +
    PER_WORD * (length - 1) +
    (contexts.length === 0 ? 0 : own > 0 ? BY_CONTEXT : -BY_CONTEXT) +
    0.01 * Math.min(3, own);
  return {
    ...enumOf(entry),
    confidence: Math.min(0.97, confidence) * (place === 'whole' ? 1 : 0.97) * (plural ? 0.88 : 1),
    reason:
      matched.length > 0
        ? `"${phrase}" near "${matched.slice(0, 2).join('", "')}"`
        : `"${phrase}" has a known set of values`,
    source: 'lexicon',
    words: length,
  };
}

const enumOf = ({ values, weights, description }: ClosedSet): Pick<Guess, 'type' | 'options' | 'description'> => ({
  type: 'enum',
  options: weights === undefined ? { values } : { values, weights },
  description,
});
