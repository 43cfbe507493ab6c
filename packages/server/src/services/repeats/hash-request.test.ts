import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashRequest } from './hash-request.ts';

const hash = (value: unknown): string => hashRequest('secret', [value]).toString('hex');

/** The same value with the keys of its objects in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const made = {};
  for (const [name, inner] of Object.entries(value).reverse())
    Object.defineProperty(made, name, { value: turned(inner), enumerable: true, configurable: true, writable: true });
  return made;
}

/** A value in which keys have one order, and lists are none of objects. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(normal)];
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return ['object', ...pairs.map(([name, inner]) => [name, normal(inner)])];
}

describe('the hash of a request', () => {
  it('is the same whatever the order of keys, and differs where values do', () => {
    // Few names and values, so that many are alike.
    const name = fc.constantFrom('a', 'b', 's', 'v', '__proto__', '0');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, 0, 1, '0', '1', ''), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
    }));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(hash(turned(a))).toBe(hash(a));
        expect(hash(a) === hash(b)).toBe(JSON.stringify(normal(a)) === JSON.stringify(normal(b)));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells lists from objects, and rows from rows of other names', () => {
    const all = [
      [{ a: 1 }],
      { a: [1] },
      { s: 0, v: [] },
      [],
      {},
      [[]],
      [{}],
      [{ a: 1 }, { b: 1 }],
      [{ b: 1 }, { a: 1 }],
      { a: 1 },
      [['a'], [1]],
    ];
    expect(new Set(all.map(hash)).size).toBe(all.length);
  });
});
