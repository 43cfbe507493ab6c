import { expect, it } from 'vitest';
import { diffTemplates } from './template-diff.ts';

const at = (version: number, options: object) => ({
  version,
  name: 'mapped',
  document: { fields: [{ name: 'code', type: 'mapped', options }] },
});

it('tells where fields differ by JSON pointers, whatever the keys are called (RFC 6901)', () => {
  const before = at(1, { map: { 'a/b': 1, 'm~n': 1, '~1': 1, same: 1 } });
  const after = at(2, { map: { 'a/b': 2, 'm~n': 2, '~1': 2, same: 1 } });
  const [changed] = diffTemplates(before, after).fields.changed;
  expect(changed?.pointers).toEqual(['/options/map/a~1b', '/options/map/m~0n', '/options/map/~01']);
});
