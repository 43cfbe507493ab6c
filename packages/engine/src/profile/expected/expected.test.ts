import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksums } from '../../negative/testing/checksums.ts';
import { add, bind, digits, get, type Int, mod, mul, type Piece, pick, text } from '../../plan/program.ts';
import { aliasTable } from '../../random/alias-table.ts';
import { allTypes } from '../../types/registry.ts';
import { planOf, valuesOf } from '../../types/testing/compiled.ts';
import { keepsChecksum } from './keeps-checksum.ts';
import { programShares } from './program-shares.ts';
import { isMadeOf, textForm } from './text-form.ts';
import { statesOf, walkShares } from './walk-shares.ts';

const draw = (below: number): Int => ({ op: 'draw', below });
const made = (pieces: readonly Piece[], value: string): boolean => isMadeOf(textForm(pieces), value);
const string = (...body: Piece[]) => programShares({ kind: 'string', body });

describe('the form of texts', () => {
  it('follows every way at once', () => {
    const pieces: Piece[] = [
      pick(['a', 'ab', ''], draw(3)),
      pick(['b', 'bc'], draw(2)),
      { p: 'integer', value: draw(100) },
    ];
    for (const right of ['ab0', 'abb7', 'abbc99', 'b1', 'bc42']) expect(made(pieces, right)).toBe(true);
    for (const wrong of ['', 'ab', 'ab100', 'ab01', 'c1', 'ab1x', 'abcc1']) expect(made(pieces, wrong)).toBe(false);
  });

  it('keeps numbers within their ranges, of variables and of what is computed with them', () => {
    const pieces: Piece[] = [bind('n', add(draw(20), 5)), digits(get('n'), 2), text('/'), digits(mul(get('n'), 2), 3)];
    expect(made(pieces, '05/048')).toBe(true);
    expect(made(pieces, '04/008')).toBe(false);
    expect(made(pieces, '25/050')).toBe(false);
    expect(made(pieces, '24/049')).toBe(false);
  });

  it('takes a repetition as often as it comes, and no time for one that could be split in many ways', () => {
    const body: Piece[] = [pick(['a', 'aa', 'aaa'], draw(3))];
    const repeat: Piece = { p: 'repeat', count: add(draw(3), 2), body, separator: [] };
    const nested: Piece = { p: 'repeat', count: add(draw(200), 1), body: [repeat], separator: [] };
    expect(made([repeat], 'aa')).toBe(true);
    expect(made([repeat], 'a')).toBe(false);
    expect(made([repeat], 'a'.repeat(13))).toBe(false);
    expect(made([nested], 'a'.repeat(400))).toBe(true);
    expect(made([nested], `${'a'.repeat(400)}b`)).toBe(false);
  });

  it('tells wrong dates and decimals', () => {
    const day: Piece[] = [{ p: 'date', days: add(draw(366), 19_723) }];
    expect(made(day, '2024-02-29')).toBe(true);
    for (const wrong of ['2023-12-31', '2025-01-01', '2024-02-3', '2024-13-01']) expect(made(day, wrong)).toBe(false);
    const amount: Piece[] = [{ p: 'fixed', value: add(draw(1000), -500), decimals: 2 }];
    for (const right of ['0.00', '-5.00', '4.99', '-0.01']) expect(made(amount, right)).toBe(true);
    for (const wrong of ['5.00', '-5.01', '1.5', '1', '01.00', '.50']) expect(made(amount, wrong)).toBe(false);
  });
});

describe('shares', () => {
  it('multiply along each way, and add up where ways give the same', () => {
    const shares = string(
      pick(['a', 'b', 'b'], draw(3)),
      pick(['', 'b'], { op: 'weighted', odds: aliasTable([3, 1]) }),
    );
    expect(shares?.get('"a"')).toBeCloseTo(0.25, 6);
    expect(shares?.get('"b"')).toBeCloseTo(0.5, 6);
    expect(shares?.get('"bb"')).toBeCloseTo(1 / 6, 6);
    expect([...(shares?.values() ?? [])].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('see the same number in one slot of a group, however finely it is asked for', () => {
    const shared = (below: number): Int => ({ op: 'shared', group: 'person', slot: 0, below });
    const shares = string(digits(shared(2), 1), digits(shared(3), 1), digits(shared(2), 1));
    expect(Object.fromEntries(shares ?? [])).toEqual({
      '"000"': expect.closeTo(1 / 3, 9),
      '"010"': expect.closeTo(1 / 6, 9),
      '"111"': expect.closeTo(1 / 6, 9),
      '"121"': expect.closeTo(1 / 3, 9),
    });
  });

  it('are given up where values are too many, or follow from the row', () => {
    expect(string(digits(draw(1001), 4))).toBeUndefined();
    expect(string(digits(draw(2 ** 40), 13))).toBeUndefined();
    expect(string(digits(mod({ op: 'row' }, 7), 1))?.size).toBe(7);
    expect(string(digits({ op: 'row' }, 7))).toBeUndefined();
    expect(programShares({ kind: 'string', body: [digits(mod({ op: 'row' }, 7), 1)] }, false)).toBeUndefined();
  });

  it('of a type are those that come', async () => {
    const [plan, values] = [
      await planOf([{ name: 'v', type: 'blood_type' }]),
      await valuesOf('blood_type', {}, 50_000),
    ];
    const shares = programShares(plan.fields[0]?.program ?? { kind: 'running', of: '', every: 1 });
    for (const [json, share] of shares ?? []) {
      const count = values.filter((value) => JSON.stringify(value) === json).length;
      expect(Math.abs(count / 50_000 - share)).toBeLessThan(0.01);
    }
    expect(shares?.size).toBe(8);
  });

  it('of a process add up, whatever its transitions', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
    const next = fc.oneof(fc.array(name, { maxLength: 4 }), fc.dictionary(name, fc.integer({ min: 0, max: 9 })));
    fc.assert(
      fc.property(fc.dictionary(name, next), fc.nat(8), fc.nat(8), (transitions, min, more) => {
        const states = statesOf({ transitions, start: 'a' });
        const shares = walkShares(states, min, min + more);
        expect([...shares.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        for (const state of shares.keys()) expect(states.all).toContain(state);
      }),
    );
  });
});

describe('checksums', () => {
  it.each(['luhn', 'verhoeff'] as const)('%s agrees with the tables as printed', (name) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{2,20}$/), (value) => {
        expect(keepsChecksum(name, value)).toBe(checksums[name](value));
      }),
      { numRuns: 500 },
    );
  });

  it('of every type that has one hold, and break by another digit', async () => {
    for (const type of allTypes) {
      const { checksum } = type.rules?.(type.exampleOptions ?? {}, null) ?? {};
      if (checksum === undefined) continue;
      for (const value of (await valuesOf(type.key, type.exampleOptions ?? {}, 200)) as string[]) {
        expect(keepsChecksum(checksum.name, value)).toBe(true);
        const at = checksum.at < 0 ? value.length + checksum.at : checksum.at;
        const other = String((Number(value[at]) + 1) % 10);
        expect(keepsChecksum(checksum.name, `${value.slice(0, at)}${other}${value.slice(at + 1)}`)).toBe(false);
      }
    }
  });
});
