import { expect, it } from 'vitest';
import { planOf, type TestField } from '../types/testing/compiled.ts';
import { columnsOf } from './columns-of.ts';

const columnOf = async (type: string, options: TestField['options'] = {}) => {
  const [column] = columnsOf(
    (
      await planOf([
        { name: 'v', type, options },
        { name: 'n', type: 'number' },
      ])
    ).fields,
  );
  return column;
};

it.each([
  ['number', { min: -5, max: 7 }, { kind: 'integer', min: -5n, max: 7n }, false],
  ['number', { min: 1, max: 7, unique: true }, { kind: 'integer', min: 1n, max: 7n }, false],
  ['number', { null_percentage: 1 }, { kind: 'integer', min: 0n, max: 1000n }, true],
  ['float', { max: 99, decimals: 3 }, { kind: 'decimal', precision: 5, scale: 3 }, false],
  ['float', { max: 0.5, decimals: 3 }, { kind: 'decimal', precision: 4, scale: 3 }, false],
  ['float', { max: 99, decimals: 0 }, { kind: 'integer', min: 0n, max: 99n }, false],
  ['boolean', {}, { kind: 'boolean' }, false],
  ['uuid', {}, { kind: 'uuid' }, false],
  ['time', {}, { kind: 'time' }, false],
  ['null', {}, { kind: 'text', maxBytes: 0 }, true],
  ['enum', { values: [1, null, 300] }, { kind: 'integer', min: 1n, max: 300n }, true],
  ['enum', { values: [1, 2.5] }, { kind: 'number' }, false],
  ['enum', { values: [true, false] }, { kind: 'boolean' }, false],
  ['enum', { values: ['é', 'abc'] }, { kind: 'text', maxBytes: 3 }, false],
  ['enum', { values: ['a', 12_345] }, { kind: 'text', maxBytes: 5 }, false],
  ['enum', { values: [{ a: 1 }, [2]] }, { kind: 'json' }, false],
  ['regex', { pattern: '[a-z]{2,9}é?' }, { kind: 'text', maxBytes: 11 }, false],
  ['derived', { expression: 'n * 2' }, { kind: 'number' }, true],
  ['derived', { expression: 'n > 2' }, { kind: 'boolean' }, true],
  ['derived', { expression: '{{n}}!' }, { kind: 'text', maxBytes: Number.POSITIVE_INFINITY }, true],
] as const)('%s %j', async (type, options, expected, nullable) => {
  expect(await columnOf(type, options)).toEqual({ name: 'v', type: expected, nullable });
});

it('knows the fields of objects and lists', async () => {
  const fields = [{ name: 'x', type: 'boolean', options: { null_percentage: 5 } }];
  const inner = [{ name: 'x', type: { kind: 'boolean' }, nullable: true }];
  expect(await columnOf('template', { fields })).toMatchObject({ type: { kind: 'object', fields: inner } });
  expect(await columnOf('template', { fields, array: true })).toMatchObject({ type: { kind: 'list', fields: inner } });
});
