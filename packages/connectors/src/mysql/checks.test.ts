import { describe, expect, it } from 'vitest';
import { isJsonRule, plainCheck } from './checks.ts';
import { valuesOf } from './list-of-type.ts';
import { serverFacts } from './server-facts.ts';
import { translateError } from './translate-error.ts';

describe('what MySQL 8 says otherwise than MariaDB', () => {
  it('are rules with character sets and quotes that are escaped once more', () => {
    expect(plainCheck(String.raw`(${'`state`'} in (_utf8mb4\'new\',_utf8mb4\'it\\\'s\'))`)).toBe(
      String.raw`(${'`state`'} in ('new','it\'s'))`,
    );
    expect(plainCheck('(`a` > 0)')).toBe('(`a` > 0)');
    expect(plainCheck('(`my_utf8mb4` <> 3)')).toBe('(`my_utf8mb4` <> 3)');
  });

  it('is its version', () => {
    const of = (version: string) => serverFacts([version, '7', '1048576', '1', '0']);
    expect(of('8.4.3')).toMatchObject({ isMariaDb: false, hasReturning: false, connectionId: '7' });
    expect(of('10.4.34-MariaDB')).toMatchObject({ isMariaDb: true, hasReturning: false });
    expect(of('10.11.6-MariaDB-0+deb12u1')).toMatchObject({ isMariaDb: true, hasReturning: true });
    expect(of('11.4.2-MariaDB')).toMatchObject({ hasReturning: true });
  });

  it('are the texts of errors, of which names are kept and values are not', () => {
    const of = (errno: number, message: string, sqlState = 'HY000') =>
      translateError(Object.assign(new Error(message), { errno, sqlState, sql: 'INSERT S3cret' }));
    const cases = [
      [1062, `Duplicate entry 'S3cret' for key 'orders.code'`, 'constraint', 'a row breaks the rule orders.code'],
      [3819, `Check constraint 'orders_chk_1' is violated.`, 'constraint', 'a row breaks the rule orders_chk_1'],
      [3105, `The value specified for generated column 'S3cret' in table 'S3cret' is not allowed.`, 'value', 'a value'],
      [1366, `Incorrect integer value: 'S3cret' for column 'n' at row 1`, 'value', 'a value does not fit in n'],
      [1292, `Incorrect datetime value: 'S3cret' for column 'd' at row 3`, 'value', 'a value does not fit in d'],
      [4031, 'The client was disconnected by the server because of inactivity.', 'broken', 'The client'],
      [3140, `Invalid JSON text: "S3cret" at position 1`, 'value', 'a value does not fit'],
      [1213, 'Deadlock found when trying to get lock; try restarting transaction', 'busy', 'Deadlock'],
    ] as const;
    for (const [errno, message, problem, text] of cases) {
      const error = of(errno, message);
      expect(error).toMatchObject({ problem, message: expect.stringContaining(text), cause: undefined });
      expect(error.message).not.toContain('S3cret');
    }
    expect(of(9999, `S3cret`, '23000').problem).toBe('constraint');
    expect(of(9999, `S3cret`).message).toBe('the server refused it (error 9999)');
  });
});

describe('lists in types', () => {
  it('are read with quotes and backslashes', () => {
    expect(valuesOf(String.raw`enum('a','it''s','b\\c','','a,b','x)')`)).toEqual([
      'a',
      "it's",
      'b\\c',
      '',
      'a,b',
      'x)',
    ]);
    expect(valuesOf(`set('a','b')`)).toEqual(['', 'a', 'b', 'a,b']);
    expect(valuesOf('varchar(4)')).toBeNull();
  });
});

describe('the rule of JSON in MariaDB', () => {
  it('is told from others', () => {
    expect(isJsonRule('json_valid(`a``b`)', 'a`b')).toBe(true);
    expect(isJsonRule('json_valid(`a`)', 'b')).toBe(false);
    expect(isJsonRule("`v` <> 'json_valid'")).toBe(false);
  });
});
