import type { Pattern } from '../../regex/index.ts';
import { mayMatch } from './match-tree.ts';

/** What a wrong character is tried from: those that patterns of codes and names do not have come first. */
const LIKELY = [...'#!_x?/ Z0~'];
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const TRIES = 40;

/** The text with one character changed so that it does not match the pattern; undefined when none of a few tries does. */
export function unmatch(
  source: string,
  pattern: Pattern,
  text: string,
  draw: (below: number) => number,
): string | undefined {
  const chars = [...text];
  if (chars.length === 0) return undefined;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const place = draw(chars.length);
    const by = LIKELY[draw(LIKELY.length)] ?? '#';
    const changed = chars.with(place, by).join('');
    if (changed !== text && !mayMatch(source, pattern, changed)) return changed;
  }
  return undefined;
}

/** Places looked at when every change is tried. */
const PLACES = 64;

/** Like `unmatch`, but every change of the first characters is tried: undefined when none is wrong. */
export function unmatchSurely(source: string, pattern: Pattern, text: string): string | undefined {
  const chars = [...text];
  for (let place = 0; place < Math.min(PLACES, chars.length); place++) {
    for (const by of [...LIKELY, ...PRINTABLE]) {
      const changed = chars.with(place, by).join('');
      if (!mayMatch(source, pattern, changed)) return changed;
    }
  }
  return undefined;
}
