import { expect, it } from 'vitest';
import { secretParams, shownParams } from './shown-params.ts';

it('parameters are shown without passwords, wherever they stand', () => {
  const given = {
    environment: 'regression',
    size: 5,
    db_url: 'postgres://u:secret@db.example.org/x',
    apiKey: 'k',
    nested: { password: 'p', list: ['mysql://u:p@h/x', 'plain'] },
  };
  expect(shownParams(given)).toEqual({
    environment: 'regression',
    size: 5,
    db_url: 'postgres://u:***@db.example.org/x',
    apiKey: '***',
    nested: { password: '***', list: ['mysql://u:***@h/x', 'plain'] },
  });
});

it('what is not shown is known, to be taken out of logs: values of secret names in full, passwords of URLs alone', () => {
  const given = {
    environment: 'regression',
    db_url: 'postgres://u:s%40cret@db.example.org/x',
    api_token: 'token-1',
    nested: { password: ['first', { inner: 'second' }, 123456, true, null], list: ['mysql://u:p@h/x', 'plain'] },
  };
  const hidden = ['s@cret', 's%40cret', 'token-1', 'first', 'second', '123456', 'p'];
  expect(secretParams(given).toSorted()).toEqual(hidden.toSorted());
});

it('a secret value is known however it is written, and a malformed escape in a password breaks nothing', () => {
  const url = 'postgres://u:hunter2@db.example.org/x';
  expect(secretParams({ token: url })).toEqual(expect.arrayContaining([url, 'hunter2']));
  expect(secretParams({ url: 'postgres://u:100%zz@h/x' })).toEqual(['100%zz']);
});
