import { BSON } from 'mongodb';
import { expect, it } from 'vitest';
import { ConnectionError } from '../connection-error.ts';
import type { Row } from '../value.ts';
import { writeCommand } from './commands.ts';
import { documentBatches } from './document-batches.ts';
import { keyBatches } from './key-batches.ts';
import type { Shape } from './shape.ts';

const MIB = 1024 * 1024;
const SHAPE: Shape = { fields: new Map() } as unknown as Shape;
/** What a server takes as a command: a document of 16 MiB, and 16 KiB (BSONObjMaxInternalSize). */
const MOST = 16 * MIB + 16 * 1024;

it.each([
  [
    'many small rows',
    'fail',
    [],
    Array.from({ length: 100_000 }, (_, i): Row => ({ _id: i, word: 'x'.repeat(i % 500) })),
  ],
  ['large rows', 'fail', [], Array.from({ length: 12 }, (_, i): Row => ({ _id: i, text: 'y'.repeat(5 * MIB) }))],
  ['the largest', 'fail', [], [1, 2].map((i): Row => ({ _id: i, text: 'z'.repeat(16 * MIB - 100) }))],
  [
    'rows with large keys',
    'skip',
    ['key'],
    Array.from({ length: 9 }, (_, i): Row => ({ _id: i, key: `${i}${'k'.repeat(3 * MIB)}` })),
  ],
  [
    'rows that change others',
    'update',
    ['a'],
    Array.from({ length: 50_000 }, (_, i): Row => ({ _id: i, a: `a${i}`, b: 'b'.repeat(600) })),
  ],
] as const)('%s go in commands that a server takes', async (_, onConflict, beside, rows) => {
  const limits = { maxRows: 100_000, maxBytes: 16 * MIB, beside };
  let count = 0;
  for await (const batch of documentBatches([rows], SHAPE, limits)) {
    const command = writeCommand({ collection: 'c', onConflict, key: beside }, batch);
    expect(BSON.calculateObjectSize({ ...command, $db: 'shop', lsid: { id: 'x'.repeat(100) } })).toBeLessThan(MOST);
    count += batch.rows.length;
  }
  expect(count).toBe(rows.length);
});

it.each([
  ['fail', [], { _id: 1, text: 'x'.repeat(17 * MIB) }],
  ['skip', ['text'], { _id: 1, text: 'x'.repeat(9 * MIB) }],
] as const)('a row that no command has room for is refused by its number (%s)', async (_, beside, row) => {
  const limits = { maxRows: 10, maxBytes: 16 * MIB, beside };
  const read = async (): Promise<void> => {
    for await (const batch of documentBatches([[{ _id: 0 }], [row]], SHAPE, limits)) expect(batch.rows).toEqual([]);
  };
  const error = await read().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({
    problem: 'value',
    message: expect.stringMatching(/^row 1 is larger than a document may be: \d+ bytes/),
  });
});

it('keys that are long go in several commands', async () => {
  const keys = Array.from({ length: 30 }, (_, i): Row => ({ key: `${i}${'k'.repeat(MIB / 2)}` }));
  const sizes: number[] = [];
  for await (const some of keyBatches([keys], 1000)) sizes.push(some.length);
  expect(sizes.reduce((a, b) => a + b)).toBe(30);
  expect(Math.max(...sizes)).toBeLessThan(8);
  const plain = Array.from({ length: 2500 }, (_, i): Row => ({ _id: i }));
  const counts: number[] = [];
  for await (const some of keyBatches([plain], 1000)) counts.push(some.length);
  expect(counts).toEqual([1000, 1000, 500]);
});
