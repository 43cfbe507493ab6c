import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findLocale, loadLocale } from '../load-locale.ts';
import { slug } from '../slug.ts';
import { loadNameFigures, localesWithNameFigures } from './load-name-figures.ts';
import type { NameFigures } from './name-figures.ts';

const sum = (weights: readonly number[]): number => weights.reduce((a, b) => a + b, 0);

describe('the figures of names', () => {
  it('are those that there are files of', () => {
    const files = readdirSync(new URL('./data/', import.meta.url)).map((file) => file.replace('.json', ''));
    expect(files.toSorted()).toEqual([...localesWithNameFigures()]);
  });

  it('are not there for other locales', async () => {
    expect(await loadNameFigures('de_DE')).toBeUndefined();
    expect(await loadNameFigures('constructor')).toBeUndefined();
  });

  it.each(localesWithNameFigures())(
    'are of a million people, half of them women, each name once (%s)',
    async (code) => {
      expect(findLocale(code)).toBe(code);
      const { female, male, last } = (await loadNameFigures(code)) as NameFigures;
      const tables = [female, male, ...(last === undefined ? [] : [last])];
      for (const { names, weights } of tables) {
        expect(names).toEqual([...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)));
        expect(weights).toHaveLength(names.length);
        expect(Math.min(...weights)).toBeGreaterThan(0);
        expect(
          names.filter((name) => name !== name.normalize('NFC') || new TextEncoder().encode(name).length > 15),
        ).toEqual([]);
      }
      expect(female.names.filter((name) => male.names.includes(name))).toEqual([]);
      expect(sum([...female.weights, ...male.weights]) / 1e6).toBeCloseTo(1, 3);
      expect(sum(female.weights) / 1e6).toBeGreaterThan(0.45);
      expect(sum(female.weights) / 1e6).toBeLessThan(0.55);
      if (last === undefined) return;
      expect(sum(last.weights) / 1e6).toBeCloseTo(1, 3);
      const slugs = last.names.map((name) => slug(name, code.slice(0, 2)));
      expect(new Set(slugs).size).toBe(slugs.length);
      // Figures know no forms by sex: a language that has them would need both.
      expect((await loadLocale(code))?.person.lastFemale).toBeUndefined();
    },
  );
});
