import { expect, it } from 'vitest';
import { textsOfPattern } from './texts-of-pattern.ts';

it.each([
  ['[A-Z]{2}', { count: 676, minLength: 2, maxLength: 2 }],
  ['a|bc', { count: 2, minLength: 1, maxLength: 2 }],
  ['\\d?\\d', { count: 110, minLength: 1, maxLength: 2 }],
  ['.?a.?', { count: undefined, minLength: 1, maxLength: 3 }],
  ['(?<=a)b', undefined],
])('%s gives %j', (pattern, texts) => {
  expect(textsOfPattern(pattern)).toEqual(texts);
});
