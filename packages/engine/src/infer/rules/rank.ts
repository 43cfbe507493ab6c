import type { Guess } from './guess.ts';

/** Candidates that are kept behind the best. */
const MOST = 4;

/** What is kept of the confidence of a guess when another rests on more words of the name: `marital status` is no `status`. */
const OUTDONE = 0.85;

/** Guesses by confidence, the better first, each type once; of equal ones the one that was made first. */
export function rank(guesses: readonly Guess[]): Guess[] {
  let longest = 0;
  for (const { words } of guesses) if (words !== undefined && words > longest) longest = words;
  const sorted: Guess[] = [];
  for (const guess of guesses) {
    const outdone = guess.words !== undefined && guess.words < longest;
    insert(outdone ? { ...guess, confidence: guess.confidence * OUTDONE } : guess, sorted);
  }
  const kept: Guess[] = [];
  for (const guess of sorted) {
    if (kept.length > MOST) break;
    if (!isKept(guess, kept)) kept.push(guess);
  }
  return kept;
}

/** There are a few guesses only: the place of one is found by going through them. */
function insert(guess: Guess, sorted: Guess[]): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] as Guess).confidence < guess.confidence) {
    sorted[at] = sorted[at - 1] as Guess;
    at--;
  }
  sorted[at] = guess;
}

/** Whether a better guess says the same. */
function isKept(guess: Guess, kept: readonly Guess[]): boolean {
  for (const other of kept)
    if (other.type === guess.type && (guess.type !== 'enum' || other.confidence - guess.confidence > 0.1)) return true;
  return false;
}
