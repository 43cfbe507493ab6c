/**
 * A set of characters that may hold more than was put in, never less: characters share a place when their code points are
 * equal modulo 2048 (so all of Latin, Greek and Cyrillic are told apart). Costs the same whatever it holds, which keeps
 * the passes that use it linear.
 */
export type CharSet = Uint32Array;

const PLACES = 2_048;

export const NO_CHARS: CharSet = new Uint32Array(PLACES / 32);

export function charSet(chars: Iterable<string>): CharSet {
  const set = new Uint32Array(PLACES / 32);
  for (const char of chars) {
    const place = (char.codePointAt(0) ?? 0) % PLACES;
    set[place >> 5] = (set[place >> 5] ?? 0) | (1 << (place & 31));
  }
  return set;
}

export function union(a: CharSet, b: CharSet): CharSet {
  if (a === NO_CHARS) return b;
  if (b === NO_CHARS) return a;
  return a.map((bits, place) => bits | (b[place] ?? 0));
}

/** False means: certainly nothing in common. */
export function overlap(a: CharSet, b: CharSet): boolean {
  return a !== NO_CHARS && b !== NO_CHARS && a.some((bits, place) => (bits & (b[place] ?? 0)) !== 0);
}
