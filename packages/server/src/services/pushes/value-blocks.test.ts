import type { ExternalValues } from '@datamaker/engine';
import { expect, it } from 'vitest';
import { OutputTooLarge } from '../runs/make-output.ts';
import { valueBlocks } from './value-blocks.ts';

const MIB = 1024 * 1024;
const range = (from: number, to: number) => ({ from, to });
const valuesOf = async (from: number, to: number): Promise<ExternalValues> => {
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  return { '/v': { indices, values: indices.map((index) => `v${index}`) } };
};

it('holds the values of a thousand rows in each block, and of the rest in the last', async () => {
  const blocks = [];
  for await (const text of valueBlocks(valuesOf, range(500, 2600))) blocks.push(JSON.parse(text));
  expect(blocks).toEqual([await valuesOf(500, 1500), await valuesOf(1500, 2500), await valuesOf(2500, 2600)]);
});

it('gives up as soon as a block is too heavy, however well it packs', async () => {
  const heavy = 'é'.repeat(MIB / 2);
  let rows = 0;
  const values = async (from: number): Promise<ExternalValues> => {
    rows++;
    return { '/v': { indices: [from], values: [heavy] } };
  };
  await expect(valueBlocks(values, range(0, 1000)).next()).rejects.toBeInstanceOf(OutputTooLarge);
  expect(rows).toBe(64);
});
