import type { Node } from './tree.ts';

export interface Measure {
  /** Code points. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Bytes of UTF-8. */
  readonly maxBytes: number;
}

/** Lengths of the texts of a tree; every node is seen once. */
export function measure(node: Node): Measure {
  switch (node.kind) {
    case 'text': {
      const chars = [...node.value];
      return {
        minLength: chars.length,
        maxLength: chars.length,
        maxBytes: sum(chars.map(utf8Length)),
      };
    }
    case 'class':
      return {
        minLength: 1,
        maxLength: 1,
        maxBytes: utf8Length(node.chars.at(-1) as string),
      };
    case 'sequence': {
      const parts = node.items.map(measure);
      return {
        minLength: sum(parts.map((part) => part.minLength)),
        maxLength: sum(parts.map((part) => part.maxLength)),
        maxBytes: sum(parts.map((part) => part.maxBytes)),
      };
    }
    case 'choice': {
      const parts = node.options.map(measure);
      return {
        minLength: Math.min(...parts.map((part) => part.minLength)),
        maxLength: Math.max(...parts.map((part) => part.maxLength)),
        maxBytes: Math.max(...parts.map((part) => part.maxBytes)),
      };
    }
    case 'repeat': {
      const item = measure(node.item);
      return {
        minLength: item.minLength * node.min,
        maxLength: item.maxLength * node.max,
        maxBytes: item.maxBytes * node.max,
      };
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function utf8Length(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
