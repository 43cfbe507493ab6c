import { expect, it } from 'vitest';
import { newId } from '../ids.ts';
import type { Tool } from '../tools/tool.ts';
import { mayLeak } from './may-leak.ts';

const asking = { risk: 'read', annotations: { openWorldHint: true } } as unknown as Tool;
const leaks = (text: string): boolean => mayLeak(asking, { path: text }, [], true) !== undefined;

it('takes for ids what has as many signs as ids have, now or in older versions, and nothing else', () => {
  const id = newId('tmpl');
  const lengths = Array.from({ length: 12 }, (_, i) => 18 + i).filter((length) => !leaks(`tpl_${'a'.repeat(length)}`));
  expect(lengths).toEqual([20, 26]);
  expect([id, `${id}@v3`].map(leaks)).toEqual([false, false]);
});
