import { MAX_EXPANDED_TEXT } from './limits.ts';
import type { SyntaxNode } from './syntax.ts';
import type { Node } from './tree.ts';

const EMPTY_TEXT: Node = { kind: 'text', value: '' };

/** The tree of tree.ts for a parsed pattern whose anchors hold (they give nothing). */
export function normalise(node: SyntaxNode): Node {
  switch (node.kind) {
    case 'anchor':
      return EMPTY_TEXT;
    case 'set':
      return node.chars.length === 1 ? textOf(node.chars[0] as string) : { kind: 'class', chars: node.chars };
    case 'sequence':
      return sequenceOf(node.items.map(normalise));
    case 'choice':
      return choiceOf(node.options.map(normalise));
    case 'repeat':
      return repeatOf(normalise(node.item), node.min, node.max);
  }
}

function textOf(value: string): Node {
  return value === '' ? EMPTY_TEXT : { kind: 'text', value };
}

/** Nested sequences are taken in, adjacent texts joined, empty ones dropped. */
function sequenceOf(nodes: readonly Node[]): Node {
  const items: Node[] = [];
  for (const node of nodes.flatMap((item) => (item.kind === 'sequence' ? item.items : [item]))) {
    const previous = items.at(-1);
    if (node.kind === 'text' && previous?.kind === 'text')
      items[items.length - 1] = textOf(previous.value + node.value);
    else if (node !== EMPTY_TEXT) items.push(node);
  }
  if (items.length === 0) return EMPTY_TEXT;
  return items.length === 1 ? (items[0] as Node) : { kind: 'sequence', items };
}

/** Options stay apart, and nested choices too: their number is their weight. */
function choiceOf(options: readonly Node[]): Node {
  return options.every((option) => option === EMPTY_TEXT) ? EMPTY_TEXT : { kind: 'choice', options };
}

function repeatOf(item: Node, min: number, max: number): Node {
  if (max === 0 || item === EMPTY_TEXT) return EMPTY_TEXT;
  if (min === 1 && max === 1) return item;
  if (min !== max) return { kind: 'repeat', item, min, max };
  if (item.kind === 'text' && item.value.length * max <= MAX_EXPANDED_TEXT) return textOf(item.value.repeat(max));
  if (item.kind === 'repeat' && item.min === item.max) return repeatOf(item.item, item.min * max, item.max * max);
  return { kind: 'repeat', item, min, max };
}
