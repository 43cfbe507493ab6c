import { expect, it } from 'vitest';
import { grown, leftOut, type Sample } from './bounds.ts';

const MIB = 1024 * 1024;
const samples = (change: (n: number) => { memory?: number; handles?: number; database?: number }): Sample[] =>
  Array.from({ length: 40 }, (_, n) => {
    const { memory = 200 * MIB, handles = 50, database = 0 } = change(n);
    return { acts: 100 * n, processes: { server: { memory, handles } }, database };
  });

it('nothing has grown that only goes up and down, or grew at the beginning', () => {
  const restless = (n: number) => ({
    memory: (200 + (n % 5) * 8 + Math.min(n, 8) * 20) * MIB,
    handles: 50 + (n % 7) * 3,
    database: n * 100 * 4096,
  });
  expect(grown(samples(restless))).toEqual([]);
});

it('what grows without end is named', () => {
  expect(grown(samples((n) => ({ memory: (200 + 4 * n) * MIB })))).toEqual([
    'memory of the server: from 258 MiB to 338 MiB',
  ]);
  expect(grown(samples((n) => ({ handles: 50 + 2 * n })))).toEqual(['handles of the server: from 79 to 119']);
  expect(grown(samples((n) => ({ database: n * 100 * 20_000 })))).toEqual(['the database: 20000 bytes for each act']);
  expect(grown(samples((n) => ({ memory: n > 20 ? Number.NaN : 1 })))).toHaveLength(1);
  expect(() => grown(samples(() => ({})).slice(0, 5))).toThrow('too few');
});

it('a load that was not borne is named', () => {
  const counts = new Map([
    ['quick', { done: 95, late: 5 }],
    ['slow', { done: 10, late: 90 }],
    ['dead', { done: 0, late: 0 }],
  ]);
  expect(leftOut(counts)).toEqual([
    'slow: 90 of 100 were left out, as those before them had not ended',
    'dead: not one has come to its end',
  ]);
});
