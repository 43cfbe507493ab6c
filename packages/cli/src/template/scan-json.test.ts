import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './scan-json.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Every value in a document with its JSON pointer. */
function* valuesOf(value: unknown, pointer = ''): Generator<[string, unknown]> {
  yield [pointer, value];
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    yield* valuesOf(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/** The value that begins at an offset: the shortest beginning of the rest that is JSON and is followed by no more of it. */
function valueAt(text: string, offset: number): unknown {
  const { error } = scanJson(text.slice(offset));
  return JSON.parse(error === undefined ? text.slice(offset) : text.slice(offset, offset + error.offset));
}

describe('scanJson', () => {
  it('finds every value of any document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const { offsets, error } = scanJson(text);
        expect(error).toBeUndefined();
        for (const [pointer, expected] of valuesOf(JSON.parse(text))) {
          const offset = offsets.get(pointer);
          expect(offset).toBeDefined();
          expect(valueAt(text, offset as number)).toEqual(expected);
        }
      }),
    );
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat({ max: 2 }),
        fc.constantFrom('', '"', ',', '}', '[', '0', 'e', '\\', '\n', '\u0001', 'tru'),
      )
      .map(([text, place, cut, extra]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + extra + text.slice(at + cut);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(scanJson(text).error === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a": 1 "b": 2}', 8, '"," or "}"'],
    ['{"a": [1, 2,]}', 12, 'a value'],
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ['{"a"; 1}', 4, '":" after the key'],
    ['{"a": "x\ny"}', 6, 'a closed string'],
    ['{} x', 3, 'the end of the text'],
    ["{'a': 1}", 1, 'a key in double quotes'],
    ['', 0, 'a value'],
  ])('says where %j stops being JSON and what belongs there', (text, offset, expected) => {
    expect(scanJson(text).error).toEqual({ offset, expected });
  });

  it('takes the last of two equal keys, as JSON.parse does', () => {
    expect(scanJson('{"a":1,"a":2}').offsets.get('/a')).toBe(11);
  });

  it('spells keys as RFC 6901 does', () => {
    expect([...scanJson('{"a/b":1,"m~n":{"":2},"\\u0061":3}').offsets]).toEqual([
      ['', 0],
      ['/a~1b', 7],
      ['/m~0n', 15],
      ['/m~0n/', 19],
      ['/a', 31],
    ]);
  });

  it('survives nesting deeper than the stack', () => {
    expect(scanJson('['.repeat(1_000_000)).error).toBeUndefined();
  });
});
