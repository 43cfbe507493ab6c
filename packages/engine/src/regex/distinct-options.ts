import { NO_CHARS, overlap, union } from './char-set.ts';
import { isNullable, type Traits } from './traits.ts';
import type { Node } from './tree.ts';

type Option = { readonly node: Node; readonly traits: Traits };

/** Options of overlapping lengths that are compared in pairs; more only by their first characters, which is linear. */
const MAX_PAIRED = 40;

/** Whether it is certain that no text comes from two of the options of a choice. */
export function areDistinct(nodes: readonly Node[], traits: readonly Traits[]): boolean {
  const options = nodes.map((node, index): Option => ({ node, traits: traits[index] as Traits }));
  options.sort((a, b) => a.traits.minLength - b.traits.minLength);
  let reach = -1;
  let together: Option[] = [];
  for (const option of options) {
    if (option.traits.minLength > reach) {
      if (!areDistinctAtOneLength(together)) return false;
      together = [];
    }
    together.push(option);
    reach = Math.max(reach, option.traits.maxLength);
  }
  return areDistinctAtOneLength(together);
}

/** Whether the first character of a text tells which option it is from (and at most one gives the empty text). */
export function startApart(options: readonly Traits[]): boolean {
  let seen = NO_CHARS;
  for (const option of options) {
    if (overlap(seen, option.first)) return false;
    seen = union(seen, option.first);
  }
  return options.filter(isNullable).length <= 1;
}

function areDistinctAtOneLength(options: readonly Option[]): boolean {
  const texts = options.flatMap(({ node }) => (node.kind === 'text' ? [node.value] : []));
  if (new Set(texts).size < texts.length) return false;
  if (texts.length === options.length || startApart(options.map(({ traits }) => traits))) return true;
  if (options.length > MAX_PAIRED) return false;
  return options.every((option, index) => options.slice(index + 1).every((other) => isApart(option, other)));
}

function isApart(a: Option, b: Option): boolean {
  if (a.node.kind === 'text' && b.node.kind === 'text') return true;
  if (startApart([a.traits, b.traits])) return true;
  return a.traits.prefix.some((chars, place) => !overlap(chars, b.traits.prefix[place] ?? chars));
}
