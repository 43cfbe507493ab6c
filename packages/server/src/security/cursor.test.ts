import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursors } from './cursor.ts';

const cursors = new Cursors('a secret');
const refusal = expect.objectContaining({ code: 'invalid_cursor' });
const refuses = (decode: () => string): void => {
  let result: unknown;
  try {
    result = decode();
  } catch (error) {
    result = error;
  }
  expect(result).toEqual(refusal);
};

describe('a cursor', () => {
  it('gives back what was put in, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (scope, place) => {
        const cursor = cursors.encode(scope, place.toWellFormed());
        expect(cursor).toMatch(/^[\w.-]+$/);
        expect(cursors.decode(scope, cursor)).toBe(place.toWellFormed());
      }),
    );
  });

  it('is refused when any of its characters is another, missing or added', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0é'];
    const cursor = cursors.encode('list', '12345');
    for (let at = 0; at <= cursor.length; at++) {
      const before = cursor.slice(0, at);
      if (at < cursor.length) refuses(() => cursors.decode('list', before + cursor.slice(at + 1)));
      for (const character of alphabet) {
        refuses(() => cursors.decode('list', before + character + cursor.slice(at)));
        if (character !== cursor[at] && at < cursor.length)
          refuses(() => cursors.decode('list', before + character + cursor.slice(at + 1)));
      }
    }
  });

  it('is refused when it is anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => refuses(() => cursors.decode('list', text))));
  });

  it('is good for its own list and server only', () => {
    const cursor = cursors.encode('templates\0proj_a', '7');
    refuses(() => cursors.decode('templates\0proj_b', cursor));
    refuses(() => new Cursors('another secret').decode('templates\0proj_a', cursor));
  });
});
