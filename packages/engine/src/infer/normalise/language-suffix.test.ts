import { describe, expect, it } from 'vitest';
import { withoutLanguages } from './language-suffix.ts';

const cut = (names: string): string[] =>
  withoutLanguages(names.split(' ').map((name) => name.split('_'))).names.map((name) => name.join('_'));

describe('languages at the end of names', () => {
  it('are left out', () => expect(cut('name_en name_ar id')).toEqual(['name', 'name', 'id']));
  it('are words of their own without a sibling in another language', () => {
    expect(cut('fecha_de name')).toEqual(['fecha_de', 'name']);
    expect(cut('titel_de titel_it')).toEqual(['titel', 'titel']);
  });
  it('are kept where they are what is asked', () =>
    expect(cut('is_en lang_en en')).toEqual(['is_en', 'lang_en', 'en']));
  it('say which language it is', () => {
    expect(withoutLanguages([['name', 'en'], ['name', 'ar'], ['id']]).languages).toEqual(['en', 'ar', undefined]);
  });
});
