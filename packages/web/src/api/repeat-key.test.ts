import { expect, it } from 'vitest';
import { RepeatKey } from './repeat-key.ts';

it('keeps its key for the same text until that has worked', () => {
  const keys = new RepeatKey();
  const first = keys.of('a');
  expect(keys.of('a')).toBe(first);
  const second = keys.of('b');
  expect(second).not.toBe(first);
  // An answer to what was sent before says nothing of what was sent since.
  keys.done(first);
  expect(keys.of('b')).toBe(second);
  keys.done(second);
  expect(keys.of('b')).not.toBe(second);
});
