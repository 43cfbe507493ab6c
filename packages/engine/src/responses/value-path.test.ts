import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseValuePath, recordsAt, stepInto } from './value-path.ts';

const answer = {
  total: 2,
  data: [
    { name: 'a', 'odd.key': 1, tags: ['x', 'y'] },
    { name: 'b', 'odd.key': 2, tags: [] },
  ],
  by: { nl: { n: 1 }, de: { n: 2 } },
};

/** All that a path leads to. */
function found(path: string): readonly unknown[] {
  const parsed = parseValuePath(path);
  if (!parsed.ok) throw new Error(parsed.message);
  const { records = [], value } = parsed;
  return recordsAt(answer, records).map((record) =>
    value.reduce<unknown>((one, step) => (typeof step === 'symbol' ? undefined : stepInto(one, step)), record),
  );
}

describe('where a value is in an answer', () => {
  it.each([
    ['$.data[*].name', ['a', 'b']],
    ["$['data'][*]['odd.key']", [1, 2]],
    ['$["data"][1].name', ['b']],
    ['$.data[*].tags[*]', ['x', 'y']],
    ['$.by.*.n', [1, 2]],
    ['$.by[*].n', [1, 2]],
    ['$.total', [2]],
    ['$', [answer]],
    ['/data', answer.data],
    ['/data/0/name', ['a']],
    ['/by/nl', [{ n: 1 }]],
    ['total', [2]],
    ['$.data[*].nowhere', [undefined, undefined]],
    ['$.nowhere[*].name', []],
    ['/nowhere', []],
    ['$.data.__proto__', [undefined]],
    ['/constructor', []],
  ])('%s', (path, values) => {
    expect(found(path)).toEqual(values);
  });

  it.each(['$.', '$..name', '$[?(@.a)]', '$[0:2]', '$[-1]', '$name', "$['a]", '$.a b', '/a~2', '/a~'])(
    '%s is no path',
    (path) => {
      expect(parseValuePath(path).ok).toBe(false);
    },
  );

  it('is bounded', () => {
    expect(parseValuePath(`$${'[*]'.repeat(65)}`).ok).toBe(false);
    expect(parseValuePath('/a'.repeat(65)).ok).toBe(false);
  });

  it('leads to a member of any name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (name, value) => {
        const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const quoted = `$['${name.replaceAll(/[\\']/g, '\\$&')}']`;
        const holder = Object.fromEntries([[name, [value]]]);
        for (const path of [pointer, `${quoted}[*]`]) {
          const parsed = parseValuePath(path);
          expect(parsed.ok && recordsAt(holder, parsed.records ?? [])).toEqual([value]);
        }
      }),
    );
  });
});
