import type { Guess } from './guess.ts';

/** Candidates that are kept behind the best. */
const MOST = 4;

/** What is kept of the confidence of a guess when another rests on more words of the name: `marital status` is no `status`. */
const OUTDONE = 0.85;

/** Guesses by confidence, the better first, each type once; of equal ones the one that was made first. */
export function rank(guesses: readonly Guess[]): Guess[] {
  const longest = Math.max(0, ...guesses.map(({ words }) => words ?? 0));
  const sorted = guesses
    .map((guess, index) => ({
      guess: (guess.words ?? longest) < longest ? { ...guess, confidence: guess.confidence * OUTDONE } : guess,
      index,
    }))
    .sort((a, b) => b.guess.confidence - a.guess.confidence || a.index - b.index);
  const kept: Guess[] = [];
  for (const { guess } of sorted) {
    if (kept.length > MOST) break;
    if (
      !kept.some(
        (other) => other.type === guess.type && (guess.type !== 'enum' || other.confidence - guess.confidence > 0.1),
      )
    )
      kept.push(guess);
  }
  return kept;
}
