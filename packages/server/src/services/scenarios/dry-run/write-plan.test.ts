import { describe, expect, it } from 'vitest';
import { isReading } from './is-reading.ts';
import { WritePlan } from './write-plan.ts';

const connection = { id: 'conn_a', name: 'a', type: 'postgres' };

describe('a plan of writes', () => {
  it('adds up what goes on, and begins anew where something else comes', () => {
    const plan = new WritePlan([]);
    const insert = { action: 'insert', connection, target: 'orders', rows: 10, first_rows: [{ id: 1 }] };
    for (let i = 0; i < 3; i++) plan.add(insert);
    plan.add({ ...insert, target: 'lines' });
    plan.add({ ...insert, connection: { ...connection, id: 'conn_b' }, target: 'lines' });
    plan.add(insert);
    plan.add({ ...insert, rows: null });
    expect(plan.shown.writes.map(({ target, rows, calls }) => [target, rows, calls])).toEqual([
      ['orders', 30, 3],
      ['lines', 10, 1],
      ['lines', 10, 1],
      ['orders', null, 2],
    ]);
  });

  it('is no longer than people read, and shows nothing that is sensitive', () => {
    const plan = new WritePlan(['iban']);
    const row = { id: 1, iban: 'DE00', deep: [{ iban: 'DE01', text: 'x'.repeat(5000) }] };
    for (let i = 0; i < 1000; i++)
      plan.add({ action: 'insert', connection, target: `t${i}`, rows: 1, first_rows: [row, row, row, row] });
    const { writes, more } = plan.shown;
    expect([writes.length, more, writes[0]?.first_rows.length]).toEqual([200, 800, 3]);
    expect(JSON.stringify(writes)).not.toContain('DE0');
    expect(JSON.stringify(writes[0]).length).toBeLessThan(2000);
  });
});

describe('statements', () => {
  it.each([
    ['SELECT 1', true],
    ['  -- why\n/* DELETE */ (select 1)', true],
    ['with a as (select 1) table a', true],
    ['EXPLAIN SELECT 1', true],
    ['DELETE FROM a', false],
    ['/* SELECT */ UPDATE a SET b = 1', false],
    ['SELECTED', false],
    ['CALL f()', false],
    ['', false],
  ])('read or not: %s', (sql, reads) => {
    expect(isReading(sql)).toBe(reads);
  });
});
