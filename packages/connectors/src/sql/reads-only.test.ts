import { describe, expect, it } from 'vitest';
import { readsOnly } from './reads-only.ts';

const TSQL = { nestedComments: true, brackets: true };

describe('readsOnly', () => {
  it.each([
    'SELECT 1',
    ' (select * from t) ;',
    'WITH a AS (SELECT 1 AS x) SELECT * FROM a',
    `SELECT 'DELETE; it''s', "update", [insert]]into] FROM t -- DROP`,
    'SELECT /* a /* DELETE */ ; */ 1',
    'VALUES 1, 2',
  ])('lets through %s', (text) => {
    expect(readsOnly(text, TSQL)).toBe(true);
  });

  it('knows the quotes of Oracle', () => {
    const oracle = { quotes: 'oracle' } as const;
    expect(readsOnly(`SELECT q'[it's; DELETE]', nq'!x' UPDATE !' FROM dual`, oracle)).toBe(true);
    expect(readsOnly(`SELECT q'[it's]' FROM dual; DELETE FROM t`, oracle)).toBe(false);
    expect(readsOnly(`WITH FUNCTION f RETURN NUMBER IS x NUMBER; SELECT f FROM dual`, oracle)).toBe(false);
    expect(readsOnly('SELECT s.nextval FROM dual', oracle)).toBe(false);
  });

  it.each([
    '',
    'DELETE FROM t',
    'SELECT 1 DELETE FROM t',
    'SELECT 1; DROP TABLE t',
    'SELECT 1;;',
    'SELECT * INTO x FROM t',
    'WITH a AS (SELECT 1 AS x) DELETE FROM a',
    'SELECT NEXT VALUE FOR s',
    `SELECT '\n' EXEC sp_who --'`,
    `SELECT 'open`,
    'SELECT [open',
    'SELECT /* open',
    'SELECT /* /* */ 1',
    `SELECT "a""b" /**/ UPDATE t SET x = 1`,
    'SELECT * FROM FINAL TABLE (INSERT INTO t VALUES 1)',
    'EXPLAIN SELECT 1',
    'COMMIT',
  ])('stops %j', (text) => {
    expect(readsOnly(text, TSQL)).toBe(false);
  });

  it('does not nest comments where the system does not', () => {
    expect(readsOnly('SELECT 1 /* /* */ DELETE FROM t -- */', {})).toBe(false);
    expect(readsOnly('SELECT 1 /* /* */', {})).toBe(true);
  });
});
