import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Table } from '../../../api/connection-types.ts';
import { around, drawnOf, MOST_DRAWN } from './drawn-tables.ts';
import { keyOf, layOut } from './lay-out.ts';

const tableOf = (name: string, to: readonly string[] = []): Table => ({
  schema: 'public',
  name,
  comment: null,
  columns: [],
  primaryKey: { name: 'pk', columns: ['id'] },
  uniqueKeys: [],
  foreignKeys: to.map((other, index) => ({
    name: `fk${index}`,
    columns: [`${other}_id`],
    to: { schema: 'public', name: other },
    toColumns: ['id'],
  })),
  checks: [],
  rowEstimate: null,
});

const NAMES = ['a', '__proto__', 'constructor', '<b>', 'שלום', 'a b', '"', 'x'.repeat(200)] as const;
const graphs = fc
  .array(fc.subarray([...NAMES]), { maxLength: NAMES.length })
  .map((links) => links.map((to, index) => tableOf(NAMES[index] ?? '', to)));

it('places tables beside each other, and draws each key between tables that are there', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (tables) => {
      const { boxes, lines, width, height } = await layOut(tables);
      expect(boxes.map(({ table }) => table)).toEqual(tables);
      for (const [index, one] of boxes.entries()) {
        expect(one.left >= 0 && one.top >= 0).toBe(true);
        expect(one.left + one.width <= width && one.top + one.height <= height).toBe(true);
        for (const other of boxes.slice(index + 1)) {
          const isBeside = one.left + one.width <= other.left || other.left + other.width <= one.left;
          const isAbove = one.top + one.height <= other.top || other.top + other.height <= one.top;
          expect(isBeside || isAbove).toBe(true);
        }
      }
      const names = new Set(tables.map(keyOf));
      const keys = tables.flatMap(({ foreignKeys }) => foreignKeys.filter(({ to }) => names.has(keyOf(to))));
      // No table of these has two keys to one other.
      expect(lines).toHaveLength(keys.length);
      for (const { points } of lines) {
        expect(points.length).toBeGreaterThan(1);
        expect(points.filter(({ x, y }) => !(x >= 0 && y >= 0 && x <= width && y <= height))).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});

it('puts what is referred to on the left', async () => {
  const { boxes } = await layOut([tableOf('line', ['order']), tableOf('order', ['customer']), tableOf('customer')]);
  const [line, order, customer] = boxes.map(({ left }) => left);
  expect(customer).toBeLessThan(order ?? 0);
  expect(order).toBeLessThan(line ?? 0);
});

it('draws the neighbours of one table where there are too many for one picture', () => {
  const many = Array.from({ length: MOST_DRAWN + 1 }, (_, index) => tableOf(`t${index}`, index === 0 ? [] : ['t0']));
  const chain = [tableOf('first'), tableOf('second', ['first']), tableOf('third', ['second']), tableOf('alone')];
  const names = (tables: readonly Table[]): string[] => tables.map(({ name }) => name);
  expect(names(drawnOf(chain, undefined).tables)).toEqual(['first', 'second', 'third', 'alone']);
  expect(names(around(chain, chain[1]))).toEqual(['second', 'first', 'third']);
  expect(drawnOf(many, undefined)).toMatchObject({ middle: { name: 't0' }, isPart: true });
  expect(drawnOf(many, undefined).tables).toHaveLength(MOST_DRAWN);
  expect(names(drawnOf(many, 't7').tables)).toEqual(['t7', 't0']);
  // The one in the middle is drawn wherever it stands among its neighbours.
  const last = [...many.slice(1), tableOf('t0')];
  expect(drawnOf(last, 't0').tables[0]?.name).toBe('t0');
  expect(drawnOf(last, 't0').tables).toHaveLength(MOST_DRAWN);
});

it('tells tables of one name apart by their schemas', () => {
  const tables = [tableOf('same'), { ...tableOf('same'), schema: 'other' }];
  expect(drawnOf(tables, 'same', 'other').middle?.schema).toBe('other');
  expect(drawnOf(tables, 'same').middle?.schema).toBe('public');
  expect(drawnOf(tables, undefined).middle).toBeUndefined();
});
