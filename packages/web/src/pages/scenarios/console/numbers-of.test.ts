import { expect, it } from 'vitest';
import { numbersOf } from './numbers-of.ts';

it('takes the number of each line that was found, and none of what a line says', () => {
  expect(numbersOf('3:first\n12:10:30 o\u2028clock\r99:again\n')).toEqual([3, 12]);
  expect(numbersOf('')).toEqual([]);
});
