import { expect, it } from 'vitest';
import { seeValue } from './see-value.ts';
import { newShape, type Shape } from './shape.ts';

const countOf = ({ fields, items }: Shape): number =>
  [...fields.values(), ...(items === undefined ? [] : [items])].reduce((sum, one) => sum + 1 + countOf(one), 0);

it('knows no more places of documents than it may, and goes on with those that it knows', () => {
  const wide = (value: unknown) => Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, value]));
  const [shape, places] = [newShape(), { left: 2000 }];
  seeValue(shape, wide(wide(wide(1))), places);
  expect(countOf(shape)).toBe(2000);
  seeValue(shape, { f0: 'text', other: 1 }, places);
  expect(countOf(shape)).toBe(2000);
  expect([...(shape.fields.get('f0')?.types ?? [])]).toEqual(['object', 'string']);
});
