import { describe, expect, it } from 'vitest';
import { withoutGluedPrefix } from './glued-prefix.ts';

const WORDS = new Set('id name city email phone status street state start stock'.split(' '));
const cut = (names: string): string[] =>
  withoutGluedPrefix(
    names.split(' ').map((name) => name.split('_')),
    (word) => WORDS.has(word),
  ).map((name) => name.join('_'));

describe('letters that most names begin with', () => {
  it('are left out', () =>
    expect(cut('cuid cuname cucity cuemail cuphone_no other')).toEqual([
      'id',
      'name',
      'city',
      'email',
      'phone_no',
      'other',
    ]));
  it('stay where names are words with them', () =>
    expect(cut('status street state start stock')).toEqual(['status', 'street', 'state', 'start', 'stock']));
  it('stay where few columns have them', () => expect(cut('cuid cuname email')).toEqual(['cuid', 'cuname', 'email']));
});
