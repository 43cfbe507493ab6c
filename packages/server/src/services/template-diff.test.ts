import { expect, it } from 'vitest';
import { diffTemplates } from './template-diff.ts';

const at = (version: number, options: object) => ({
  version,
  name: 'mapped',
  document: { fields: [{ name: 'code', type: 'mapped', options }] },
});

const CODE = { name: 'code', type: 'word' };
const ID = { name: 'id', type: 'sequence' };
const of = (version: number, fields: readonly object[], name = 'mapped') => ({ version, name, document: { fields } });

it.each([
  ['a field is added', of(2, [ID, CODE]), false],
  ['a field is removed', of(2, []), false],
  ['a field is changed', of(2, [{ ...ID, type: 'uuid' }]), false],
  ['the name is another', of(2, [ID], 'other'), false],
  ['nothing is', of(2, [ID]), true],
])('says whether two versions are the same, where %s', (_, after, same) => {
  expect(diffTemplates(of(1, [ID]), after).same).toBe(same);
});

it('tells where fields differ by JSON pointers, whatever the keys are called (RFC 6901)', () => {
  const before = at(1, { map: { 'a/b': 1, 'm~n': 1, '~1': 1, same: 1 } });
  const after = at(2, { map: { 'a/b': 2, 'm~n': 2, '~1': 2, same: 1 } });
  const [changed] = diffTemplates(before, after).fields.changed;
  expect(changed?.pointers).toEqual(['/options/map/a~1b', '/options/map/m~0n', '/options/map/~01']);
});
