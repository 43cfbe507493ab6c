import closedSets from '../data/closed-sets.json' with { type: 'json' };
import fallbackSets from '../data/fallback-sets.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import type { Guess } from './guess.ts';
import { type Found, PhraseIndex } from './phrase-index.ts';
import { type Matching, NOTHING, Surroundings } from './surroundings.ts';

interface ClosedSet {
  readonly names: readonly string[];
  readonly contexts?: readonly string[];
  readonly values: readonly unknown[];
  readonly weights?: readonly number[];
  readonly description: string;
}

/** A set with the numbers of the words that it asks to be near; undefined where it asks for none. */
interface KnownSet extends ClosedSet {
  readonly near: readonly number[] | undefined;
}

const surroundings = new Surroundings();
let sets: PhraseIndex<KnownSet> | undefined;
let fallbacks: PhraseIndex<ClosedSet> | undefined;

const asKnown = (set: ClosedSet): KnownSet => ({
  ...set,
  near: set.contexts === undefined || set.contexts.length === 0 ? undefined : surroundings.numbersOf(set.contexts),
});

const SURE = 0.87;
const BARE = 0.8;
const BY_CONTEXT = 0.05;
const PER_WORD = 0.02;
const FALLBACK = 0.75;

/** The closed sets of values that a name may stand for; those whose context is there first. */
export function setGuesses(reading: Reading, context: TableContext): Guess[] {
  sets ??= new PhraseIndex((closedSets as readonly ClosedSet[]).map(asKnown));
  fallbacks ??= new PhraseIndex(fallbackSets as readonly ClosedSet[]);
  const guesses: Guess[] = [];
  for (const found of sets.ending(reading.words)) {
    const inFront = found.place === 'whole' ? NO_WORDS : reading.words.slice(0, -found.length);
    for (const set of found.entries) {
      const matching = set.near === undefined ? NOTHING : surroundings.matching(set.near, inFront, context);
      if (set.near === undefined || matching.matched.length > 0) guesses.push(guessOf(set, found, matching));
    }
  }
  for (const { entries, phrase } of fallbacks.ending(reading.words))
    for (const set of entries)
      guesses.push({
        ...enumOf(set),
        confidence: FALLBACK,
        reason: `"${phrase}" ends the name: values of a few, of which is not known`,
        source: 'fallback',
      });
  return guesses;
}

const NO_WORDS: readonly string[] = [];

function guessOf(set: KnownSet, { phrase, length, place, plural }: Found<KnownSet>, { matched, own }: Matching): Guess {
  const isAnywhere = set.near === undefined;
  const confidence =
    (length === 1 && isAnywhere ? BARE : SURE) +
    PER_WORD * (length - 1) +
    (isAnywhere ? 0 : own > 0 ? BY_CONTEXT : -BY_CONTEXT) +
    0.01 * Math.min(3, own);
  return {
    ...enumOf(set),
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
