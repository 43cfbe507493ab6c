import { describe, expect, it } from 'vitest';
import { arabicSound } from './arabic-sound.ts';

describe('the sound of an Arabic word', () => {
  it.each([
    ['tareekh', 'tarikh', 'tare5', 'tarekh'],
    ['raqm', 'rakam', 'raqam', 'rqm'],
    ['mowazaf', 'muwazzaf', 'mowazzaf'],
    ['madina', 'madinah', 'madeena'],
    ['molahazat', 'mola7azat', 'mulahazat'],
    ['jinsiya', 'genseya', 'jinsiyya'],
  ])('is one for all ways to write %s', (...spellings) => {
    expect(new Set(spellings.map(arabicSound)).size).toBe(1);
  });
  it('tells words apart', () => expect(arabicSound('tarikh')).not.toBe(arabicSound('tariqa')));
  it('is none for short words', () => expect(arabicSound('umr')).toBeUndefined());
});
