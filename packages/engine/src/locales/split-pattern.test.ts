import { describe, expect, it } from 'vitest';
import { splitPattern } from './split-pattern.ts';

describe('splitPattern', () => {
  it.each([
    ['10###', '10', '###'],
    ['+49 30 N######', '+49 30 ', 'N######'],
    ['(212) N##-####', '(212) ', 'N##-####'],
    ['W2 #BB', 'W2 ', '#BB'],
    ['S\\N1 #BB', 'SN1 ', '#BB'],
    ['\\B\\N1 #BB', 'BN1 ', '#BB'],
    ['31000', '31000', ''],
    ['', '', ''],
  ])('takes %s apart at the first wildcard', (pattern, head, tail) => {
    expect(splitPattern(pattern)).toEqual({ head, tail });
  });
});
