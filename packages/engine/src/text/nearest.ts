/** The candidate most like a mistyped name, when one is near enough to be meant. Case, blanks and _ - do not count. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(name).slice(0, 64);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, normalise(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A name without what people write differently: case, blanks, underscores, hyphens. */
export const normalise = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/**
 * Edits from one text to the other, given up (as `limit`) once they must reach the limit: insertions, deletions, changes,
 * and swaps of neighbours, the commonest slip (optimal string alignment distance).
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      current.push(value);
    }
    // A swap reaches back two rows, so both must be past the limit.
    if (Math.min(...current) >= limit && Math.min(...previous) >= limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
