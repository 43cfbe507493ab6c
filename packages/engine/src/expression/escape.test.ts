import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { parseExpression } from './expression.ts';
import { ESCAPE_PAYLOADS } from './testing/escape-payloads.ts';
import { isInert } from './testing/inert.ts';

const ROW = '{"a":{"b":{"c":1}},"l":[{"x":1},[2]],"s":"text","n":5,"constructorX":1}';
/** The same names as plain data: JSON.parse makes `__proto__` an own property. */
const HOSTILE = '{"__proto__":{"b":1},"constructor":"plain","a":{"__proto__":7,"toString":8},"l":[],"s":"","n":0}';

const FORMS: readonly (readonly [string, (payload: string) => string])[] = [
  ['as a formula', (payload) => payload],
  ['as a placeholder', (payload) => `{{${payload}}}`],
  ['in a text', (payload) => `x {{ ${payload} }} y {{${payload}}}`],
];

const intrinsics = () =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype, globalThis].map((object) =>
    Reflect.ownKeys(object).map(String).join(),
  );

/** What a payload ends in; anything but a result, a diagnostic or an ExpressionError is thrown on. */
function attack(source: string, scope: Record<string, unknown>, fields?: readonly string[]): unknown {
  const parsed = parseExpression(source, fields === undefined ? {} : { fields });
  if (!parsed.ok) return parsed.diagnostics.length > 0 ? null : undefined;
  if (parsed.value.references.some((name) => typeof name !== 'string')) return undefined;
  try {
    return parsed.value.evaluate(scope);
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

describe('an expression reaches nothing but the row', () => {
  it('is attacked with at least 150 payloads', () => {
    expect(ESCAPE_PAYLOADS.length).toBeGreaterThanOrEqual(150);
  });

  it.each(FORMS)('gives out no function, prototype or global %s', (_, form) => {
    const before = intrinsics();
    for (const payload of ESCAPE_PAYLOADS) {
      for (const row of [ROW, HOSTILE]) {
        for (const fields of [undefined, ['a', 'l', 's', 'n', 'constructor', '__proto__']]) {
          const value = attack(form(payload), JSON.parse(row), fields);
          expect(isInert(value), `${form(payload)} gave ${typeof value}`).toBe(true);
          expect(intrinsics()).toEqual(before);
          expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        }
      }
    }
  });

  it('leaves the row as it was', () => {
    for (const payload of ESCAPE_PAYLOADS) {
      const row = JSON.parse(ROW);
      attack(payload, row);
      expect(JSON.stringify(row)).toBe(ROW);
    }
  });

  it('reads names that objects inherit as fields of the row and nothing else', () => {
    expect(attack('constructor', {})).toBeNull();
    expect(attack('a.toString', JSON.parse(HOSTILE))).toBe(8);
    expect(attack('a.__proto__', JSON.parse(HOSTILE))).toBe(7);
    expect(attack('__proto__.b', JSON.parse(HOSTILE))).toBe(1);
    expect(attack('{__proto__: 5}.__proto__', {})).toBe(5);
  });

  it('does not see what a row inherits', () => {
    const row = Object.create({
      secret: 1,
      get trap() {
        throw new Error('a getter ran');
      },
    });
    expect(attack('secret ?? trap', row)).toBeNull();
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a big integer', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a class', class {}],
    ['an instance', new (class Secret {})()],
    ['the global object', globalThis],
  ])('refuses %s in the row with a code, wherever it stands', (_, intruder) => {
    const row = { x: intruder, o: { x: intruder }, l: [intruder], p: [{ x: intruder }] };
    const sources = [
      'x',
      'o.x',
      'l[0]',
      'l[*]',
      'p[*].x',
      'first(l)',
      'join(l)',
      'distinct(l)',
      'string(o)',
      'in(1, l)',
    ];
    for (const source of [...sources, 'sum(l)', 'min(l)', 'min(x, 1)', 'x == x', 'x ?? 1', 'l == [1]', '{{x}} text']) {
      const parsed = parseExpression(source);
      if (!parsed.ok) throw new Error(source);
      expect(() => parsed.value.evaluate(row), source).toThrow(ExpressionError);
    }
  });

  it('judges by a measure that sees a leak', () => {
    for (const leak of [Object, Object.prototype, [].map, globalThis, { f: () => 1 }, [Symbol('x')], Number.NaN, 1n]) {
      expect(isInert(leak)).toBe(false);
    }
    expect(
      isInert({
        get x() {
          return 1;
        },
      }),
    ).toBe(false);
  });
});
