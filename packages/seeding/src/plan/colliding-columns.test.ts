import { expect, it } from 'vitest';
import { foldText } from '../verify/fold-text.ts';
import { collidingColumns } from './colliding-columns.ts';
import type { TablePlan } from './seed-plan.ts';

const table = (values: readonly string[], rows: number): TablePlan =>
  ({
    ...{ id: 's.t', rows, salt: 0, keys: [], columns: ['word', 'number'] },
    template: {
      fields: [
        { name: 'word', type: 'regex', options: { pattern: values.join('|'), unique: true } },
        { name: 'number', type: 'sequence' },
      ],
    },
  }) as unknown as TablePlan;

it.each([
  [['Ann', 'Bob', 'Ånn'], ['word']],
  [['Ann', 'Bob', 'aNN'], ['word']],
  [['Ann', 'Bob', 'Anna'], []],
])('texts %j collide in %j', async (values, columns) => {
  const found = await collidingColumns({ seed: 's', now: 0 }, table(values, 3), ['word']);
  expect([...found]).toEqual(columns);
});

it.each([
  ['Straße', 'STRASSE'],
  ['Ångström ', 'angstrom'],
  ['Œuvre', 'oeuvre'],
  ['ﬁn', 'FIN'],
  ['a😀', 'A🙂'],
])('%s and %s are the same to a key', (a, b) => expect(foldText(a)).toBe(foldText(b)));

it('other texts are not', () => {
  const texts = ['a', 'b', 'ab', 'a b', ' a', 'я', 'и', 'й2', '', '1'];
  expect(new Set(texts.map(foldText)).size).toBe(texts.length);
});
