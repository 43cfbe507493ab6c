import { expect, it } from 'vitest';
import { secretValue } from './secret-value.ts';

it('keeps lines, and leaves out the end of a single one', () => {
  expect(secretValue('-----BEGIN KEY-----\r\nabc=\r\n-----END KEY-----\r\n')).toBe(
    '-----BEGIN KEY-----\nabc=\n-----END KEY-----\n',
  );
  expect(secretValue('token\r\n')).toBe('token');
  expect(secretValue(' spaces are its own ')).toBe(' spaces are its own ');
  expect(secretValue(' and before an end \n')).toBe(' and before an end ');
});
