import { expect, it } from 'vitest';
import { readNames } from './read-names.ts';

it.each([
  ['id, email,city', ['id', 'email', 'city']],
  ['id\temail\tcity\n', ['id', 'email', 'city']],
  ['"first name"; \'last name\'\r\n`id`', ['first name', 'last name', 'id']],
  ['| id | email |', ['id', 'email']],
  ['a, a ,, b', ['a', 'b']],
  [' \n,', []],
])('reads %j', (text, names) => {
  expect(readNames(text)).toEqual(names);
});

it('leaves none out, however many there are', () => {
  const names = Array.from({ length: 5000 }, (_, n) => `column_${n}`);
  expect(readNames(names.join('\t'))).toEqual(names);
});
