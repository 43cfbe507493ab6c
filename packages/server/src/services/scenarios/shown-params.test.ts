import { expect, it } from 'vitest';
import { shownParams } from './shown-params.ts';

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
