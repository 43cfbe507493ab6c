import { textOf, wordsOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isProse, isTitle } from './shapes.ts';

export const texts = {
  product_name: { one: (value) => isTitle(value, 9, 90) },
  short_text: { one: (value) => isTitle(value, 14, 120) },
  description_text: { one: (value) => isProse(value) && wordsOf(value).length >= 3 && textOf(value).length >= 12 },
  other: { one: () => true },
} satisfies Rules;
