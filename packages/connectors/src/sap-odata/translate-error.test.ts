import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sayRefusal } from './translate-error.ts';

const v2 = (value: string, code = 'SLS/001') => JSON.stringify({ error: { code, message: { lang: 'en', value } } });

it('says the first message and its code, without the values in it', () => {
  expect(sayRefusal({ status: 400, body: v2('Partner Meier has no address') }, { Name: 'Meier' })).toBe(
    'Partner … has no address (400, SLS/001)',
  );
  expect(sayRefusal({ status: 400, body: v2("Value 'top secret' is too long; enter 4711 or 'x'") })).toBe(
    'Value … is too long; enter … or … (400, SLS/001)',
  );
  expect(
    sayRefusal({
      status: 422,
      body: JSON.stringify({ error: { code: 'E1', message: 'Not allowed', details: [{ message: 'second' }] } }),
    }),
  ).toBe('Not allowed (422, E1)');
  const xml =
    '<?xml version="1.0"?><error xmlns="http://x"><code>005056A509B11EE1</code><message xml:lang="en">No &amp; never</message></error>';
  expect(sayRefusal({ status: 500, body: xml })).toBe('No & never (500, 005056A509B11EE1)');
});

it('says only the status of what it does not understand', () => {
  for (const body of [
    '',
    '<html>',
    'oops',
    '{"error":7}',
    '[]',
    '{"error":{"message":null,"code":{"a":1}}}',
    v2('', 'a b <c>'),
  ]) {
    expect(sayRefusal({ status: 500, body })).toBe('it was refused (500)');
  }
});

it('never shows a text of the row, wherever it is in it', () => {
  const word = fc.stringMatching(/^[A-Za-zäöü]{3,12}$/);
  fc.assert(
    fc.property(word, word, word, (value, before, after) => {
      fc.pre(!before.toLowerCase().includes(value.toLowerCase()) && !after.toLowerCase().includes(value.toLowerCase()));
      const said = sayRefusal(
        { status: 400, body: v2(`${before} ${value}, ${after}`, 'X') },
        { to_Item: [{ Name: value }] },
      );
      expect(said.toLowerCase()).not.toContain(value.toLowerCase());
    }),
  );
});
