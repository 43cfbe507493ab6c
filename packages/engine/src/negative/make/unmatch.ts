import type { Pattern } from '../../regex/index.ts';
import { mayMatch, type Work } from './match-tree.ts';

/** What a wrong character is tried from: those that patterns of codes and names do not have come first. */
const LIKELY = [...'#!_x?/ Z0~'];
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const TRIES = 12;
/** Steps of matching for one text, and for one that is looked for when compiling. */
const WORK = 50_000;
const WORK_ONCE = 1_000_000;

/** The text with one character changed so that it does not match the pattern; undefined when none of a few tries does. */
export function unmatch(
  source: string,
  pattern: Pattern,
  text: string,
  draw: (below: number) => number,
): string | undefined {
  const chars = [...text];
  if (chars.length === 0) return undefined;
  const work: Work = { left: WORK };
  for (let attempt = 0; attempt < TRIES && work.left > 0; attempt++) {
    const place = draw(chars.length);
    const by = LIKELY[draw(LIKELY.length)] ?? '#';
    const changed = chars.with(place, by).join('');
    if (changed !== text && !mayMatch(source, pattern, changed, work)) return changed;
  }
  return undefined;
}

/** Characters tried at the beginning and at the end when every change is. */
const EDGE = 32;
/**
 * Like `unmatch`, but every change of the first and last characters is tried, likely ones first. Undefined when none is
 * wrong, or none was found before the work ran out.
 */
export function unmatchSurely(
  source: string,
  pattern: Pattern,
  text: string,
  work: Work = { left: WORK_ONCE },
): string | undefined {
  const chars = [...text];
  const places = chars.map((_, place) => place).filter((place) => place < EDGE || place >= chars.length - EDGE);
  const changes = [LIKELY, PRINTABLE].flatMap((list) => places.flatMap((place) => list.map((by) => ({ place, by }))));
  for (const { place, by } of changes) {
    if (work.left < 0) return undefined;
    const changed = chars.with(place, by).join('');
    if (!mayMatch(source, pattern, changed, work)) return changed;
  }
  return undefined;
}
