import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import {
  add,
  bind,
  constant,
  digits,
  div,
  get,
  type Int,
  lookup,
  mod,
  mul,
  type Piece,
  type Program,
  pick,
  row,
  sub,
  text,
} from '../plan/program.ts';
import { aliasTable } from '../random/alias-table.ts';
import { gaussian } from '../random/distributions.ts';
import { quantileTable } from '../random/quantile-table.ts';
import { makeByteGenerator } from '../rows/make-byte-generator.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { interpretRow } from './testing/interpret.ts';

const draw = (below: number): Int => ({ op: 'draw', below });

function planOf(programs: Record<string, Program>, seed: string): Plan {
  const fields = Object.entries(programs).map(([name, program]) => ({ name, path: `/${name}`, program }));
  return { name: 't', seed, fields, capacity: Number.MAX_SAFE_INTEGER, largestRow: 1000, sensitive: [] };
}

function kernelRows(plan: Plan, from: number, to: number, simd: boolean): unknown[] {
  let json = '';
  const decoder = new TextDecoder();
  for (const chunk of makeByteGenerator(prepareBytes(plan, { format: 'json' }, { simd })).bytes({
    start: from,
    end: to,
    from,
    to,
  })) {
    json += decoder.decode(chunk, { stream: true });
  }
  return JSON.parse(json) as unknown[];
}

// --- arbitrary programs

const safeBelow = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 1, max: 2 ** 30 }),
  fc.maxSafeInteger().map((n) => Math.max(1, Math.abs(n))),
);
const smallInt: fc.Arbitrary<Int> = fc.oneof(
  fc.integer({ min: 1, max: 5000 }).map(draw),
  fc.integer({ min: -100, max: 100 }).map(constant),
  fc
    .record({ slot: fc.nat(3), below: fc.integer({ min: 1, max: 5000 }) })
    .map(({ slot, below }): Int => ({ op: 'shared', group: 'person', slot, below })),
  fc
    .record({
      slot: fc.integer({ min: 0, max: 3 }),
      weights: fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }).map((list) => list.map((weight) => weight + 1)),
    })
    .map(
      ({ slot, weights }): Int => ({
        ...{ op: 'shared', group: 'person', slot, below: weights.length },
        odds: aliasTable(weights),
      }),
    ),
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 })
    .map((weights): Int => ({ op: 'weighted', odds: aliasTable(weights.map((w) => w + 1)) })),
  fc
    .array(fc.integer({ min: -70_000, max: 70_000 }), { minLength: 1, maxLength: 20 })
    .map((table) => lookup(table, draw(table.length))),
  fc
    .record({ mean: fc.integer({ min: -50, max: 50 }), sd: fc.integer({ min: 1, max: 500 }) })
    .map(({ mean, sd }): Int => ({ op: 'quantile', table: quantileTable(gaussian(mean, sd), -300, 400) })),
);
const int: fc.Arbitrary<Int> = fc.oneof(
  smallInt,
  safeBelow.map(draw),
  fc.constant(row),
  fc.tuple(smallInt, smallInt).map(([a, b]) => add(a, b)),
  fc.tuple(smallInt, smallInt).map(([a, b]) => sub(mul(a, b), 7)),
  fc.tuple(smallInt, fc.integer({ min: 1, max: 999 })).map(([a, b]) => div(a, b)),
  fc.tuple(smallInt, fc.integer({ min: 1, max: 999 })).map(([a, b]) => mod(a, b)),
  fc.tuple(smallInt, smallInt).map(([a, b]): Int => ({ op: 'less', a, b })),
);
const word = fc.string({
  unit: fc.constantFrom('a', 'é', '"', '\\', ',', '\n', '漢', '😀', ' ', "'", '\u2028'),
  maxLength: 40,
});
const list = fc.array(word, { minLength: 1, maxLength: 12 });
const leaf: fc.Arbitrary<Piece> = fc.oneof(
  word.map(text),
  list.map((from) => pick(from, draw(from.length))),
  int.map((value): Piece => ({ p: 'integer', value })),
  fc.integer({ min: 1, max: 15 }).chain((width) => fc.constant(digits(draw(10 ** width), width))),
  fc.tuple(int, fc.nat(6)).map(([value, decimals]): Piece => ({ p: 'fixed', value, decimals })),
  fc.constant<Piece>({ p: 'uuid' }),
  fc.integer({ min: 0, max: 2_900_000 }).map((span): Piece => ({ p: 'date', days: sub(draw(span + 1), 719_000) })),
);
const { piece } = fc.letrec<{ piece: Piece }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .array(fc.array(tie('piece'), { maxLength: 3 }), { minLength: 1, maxLength: 4 })
      .map((cases): Piece => ({ p: 'switch', on: draw(cases.length), cases })),
    fc
      .record({ count: fc.nat(4), body: fc.array(tie('piece'), { maxLength: 3 }) })
      .map(({ count, body }): Piece => ({ p: 'repeat', count: draw(count + 1), body, separator: [text(';')] })),
  ),
}));
const stringProgram: fc.Arbitrary<Program> = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((body) => ({ kind: 'string', body }));
const { program } = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.oneof(
    { depthSize: 'small' },
    stringProgram,
    int.map((value): Program => ({ kind: 'integer', body: [{ p: 'integer', value }] })),
    smallInt.map((a): Program => ({ kind: 'boolean', value: { op: 'less', a, b: draw(50) } })),
    fc.tuple(word, smallInt, smallInt, fc.nat(4)).map(
      ([name, a, b, decimals]): Program => ({
        kind: 'document',
        parts: [
          ...(['{', { p: 'json', value: name }, ':', '['] as const),
          { p: 'integer', value: a },
          ',',
          { p: 'fixed', value: b, decimals },
          ...([']', '}'] as const),
        ],
      }),
    ),
    fc
      .array(fc.jsonValue(), { minLength: 1, maxLength: 5 })
      .map((values): Program => ({ kind: 'choice', values, index: draw(values.length) })),
    fc
      .tuple(fc.nat(2 ** 32), tie('program'))
      .map(([threshold, inner]): Program => ({ kind: 'nullable', threshold, program: inner })),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('program'), { minKeys: 1, maxKeys: 3 }).map(
      (inner): Program => ({
        kind: 'object',
        fields: Object.entries(inner).map(([name, p]) => ({ name, path: `/x/${name}`, program: p })),
      }),
    ),
    fc
      .tuple(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('program'), { minKeys: 1, maxKeys: 3 }),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(
        ([inner, most]): Program => ({
          kind: 'array',
          fields: Object.entries(inner).map(([name, p]) => ({ name, path: `/y/${name}`, program: p })),
          count: draw(most + 1),
          stride: most,
        }),
      ),
    fc.tuple(fc.bigInt({ min: 1n, max: 2n ** 62n })).map(
      ([size]): Program => ({
        kind: 'unique',
        size: size < 100n ? 100n : size,
        program: { kind: 'string', body: [bind('u', get('unique')), { p: 'integer', value: get('u') }] },
      }),
    ),
  ),
}));

// JSON has no -0 and prints small exponents; both sides go through it once.
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const RUNS = process.env['FULL'] === undefined ? 150 : 5000;

describe('the kernel', () => {
  it('produces what the reference interpreter says, with and without vectors', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), program, { minKeys: 1, maxKeys: 3 }),
        fc.string(),
        fc.integer({ min: 0, max: 60 }),
        (programs, seed, from) => {
          const plan = planOf(programs, seed);
          const expected = Array.from({ length: 4 }, (_, i) =>
            plain(interpretRow(plan.fields, seed, BigInt(from + i))),
          );
          expect(kernelRows(plan, from, from + 4, true)).toEqual(expected);
          expect(kernelRows(plan, from, from + 4, false)).toEqual(expected);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('reaches rows beyond 2^32', () => {
    const plan = planOf(
      {
        id: { kind: 'integer', body: [{ p: 'integer', value: row }] },
        n: { kind: 'integer', body: [{ p: 'integer', value: draw(1000) }] },
      },
      's',
    );
    const from = 2 ** 40;
    expect(kernelRows(plan, from, from + 2, true)).toEqual(
      [0, 1].map((i) => interpretRow(plan.fields, 's', BigInt(from + i))),
    );
  });

  it('cuts large templates into several functions without changing a byte', () => {
    const many = Object.fromEntries(
      Array.from({ length: 900 }, (_, i) => [
        `f${i}`,
        { kind: 'integer', body: [{ p: 'integer', value: draw(1000 + i) }] } satisfies Program,
      ]),
    );
    const plan = planOf(many, 'wide');
    expect(kernelRows(plan, 7, 9, true)).toEqual([7n, 8n].map((i) => interpretRow(plan.fields, 'wide', i)));
  });

  it('permutes: every number below the size once, in another order for another key', () => {
    for (const size of [1n, 2n, 3n, 10n, 97n, 1000n]) {
      const unique: Program = {
        kind: 'unique',
        size,
        program: { kind: 'integer', body: [{ p: 'integer', value: get('unique') }] },
      };
      const values = kernelRows(planOf({ u: unique, v: unique }, 'p'), 0, Number(size), true) as {
        u: number;
        v: number;
      }[];
      expect(values.map(({ u }) => u).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: Number(size) }, (_, i) => i),
      );
      if (size >= 97n) expect(values.filter(({ u, v }) => u === v).length).toBeLessThan(10);
    }
  });
});
