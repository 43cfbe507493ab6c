import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../template/parse-template.ts';
import { findType } from '../../types/registry.ts';
import abbreviations from './abbreviations.json' with { type: 'json' };
import closedSets from './closed-sets.json' with { type: 'json' };
import measures from './measures.json' with { type: 'json' };
import sap from './sap.json' with { type: 'json' };
import ambiguous from './words-ambiguous.json' with { type: 'json' };
import ar from './words-ar.json' with { type: 'json' };
import da from './words-da.json' with { type: 'json' };
import de from './words-de.json' with { type: 'json' };
import es from './words-es.json' with { type: 'json' };
import fr from './words-fr.json' with { type: 'json' };
import hi from './words-hi.json' with { type: 'json' };
import id from './words-id.json' with { type: 'json' };
import it_ from './words-it.json' with { type: 'json' };
import nl from './words-nl.json' with { type: 'json' };
import pl from './words-pl.json' with { type: 'json' };
import pt from './words-pt.json' with { type: 'json' };
import sv from './words-sv.json' with { type: 'json' };
import tr from './words-tr.json' with { type: 'json' };

/** What closed sets and measures share: the columns they stand for, and the tables these are in; anywhere without. */
interface Entry {
  readonly names: readonly string[];
  readonly contexts?: readonly string[];
  readonly description: string;
}
interface ClosedSet extends Entry {
  readonly values: readonly string[];
  readonly weights?: readonly number[];
}
interface Typed {
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly description: string;
}
interface Reading {
  readonly to: string;
  readonly near?: readonly string[];
}

const languages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...{ ar, da, de, es, fr, hi, id, it: it_, nl, pl, pt, sv, tr },
};
const sets: readonly ClosedSet[] = closedSets;
const ranges: readonly (Entry & Typed)[] = measures;
const fields: readonly [string, Typed][] = Object.entries<Typed>(sap);
const readings: readonly [string, readonly Reading[]][] = Object.entries<readonly Reading[]>(abbreviations);

/** English words as the normaliser leaves them: lower case, one blank between. */
const ENGLISH = /^[a-z0-9]+( [a-z0-9]+)*$/;
const HEADER_WORDS = /^[\p{Ll}\p{Lo}\p{M}\p{N}]+( [\p{Ll}\p{Lo}\p{M}\p{N}]+)*$/u;

const claims = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ names, contexts }) =>
    names.flatMap((name) => (contexts ?? ['']).map((context) => `${name} @ ${context}`)),
  );
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) < index);
/** Duplicates of many texts, in linear time. */
function clashes(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}
const problems = (entries: readonly Typed[]): unknown[] =>
  entries.flatMap(({ type, options, description }) => {
    const parsed = parseTemplate({ fields: [{ name: 'x', type, ...(options && { options }) }] });
    return parsed.ok ? [] : [{ description, diagnostics: parsed.diagnostics }];
  });

describe('words of other languages', () => {
  it.each(Object.entries(languages))(
    '%s has header words in lower case that mean other words in English',
    (lang, words) => {
      for (const [word, english] of Object.entries(words)) {
        expect(word, lang).toMatch(HEADER_WORDS);
        expect(english, word).toMatch(ENGLISH);
        expect(english, word).not.toBe(word);
      }
    },
  );

  it('has hundreds of words of each language', () => {
    for (const lang of ['de', 'fr', 'es', 'pt'])
      expect(Object.keys(languages[lang]!).length).toBeGreaterThanOrEqual(300);
    for (const lang of ['nl', 'it']) expect(Object.keys(languages[lang]!).length).toBeGreaterThanOrEqual(200);
    expect(Object.keys(ar).length).toBeGreaterThanOrEqual(100);
  });

  it('means the same by a word in every language, or lists it as ambiguous', () => {
    const meanings = new Map<string, string>();
    for (const words of Object.values(languages)) {
      for (const [word, english] of Object.entries(words)) {
        expect(meanings.get(word) ?? english, word).toBe(english);
        meanings.set(word, english);
        expect(ambiguous, word).not.toHaveProperty([word]);
      }
    }
  });

  it('names a known language and one meaning in it for each ambiguous word', () => {
    for (const [word, meanings] of Object.entries<readonly { lang: string; to: string }[]>(ambiguous)) {
      expect(word).toMatch(HEADER_WORDS);
      expect(repeated(meanings.map(({ lang }) => lang)), word).toEqual([]);
      for (const { lang, to } of meanings) {
        expect(Object.keys(languages), word).toContain(lang);
        expect(to, word).toMatch(ENGLISH);
      }
    }
  });

  it('knows a word with and without its diacritics', () => {
    expect(de).toMatchObject({ straße: 'street', strasse: 'street', größe: 'size', groesse: 'size', grosse: 'size' });
    expect(fr).toMatchObject({ prénom: 'first name', prenom: 'first name', 'date de naissance': 'birth date' });
    expect(es).toMatchObject({ teléfono: 'phone', telefono: 'phone', 'código postal': 'postcode' });
  });
});

describe('abbreviations', () => {
  it('stand for other English words', () => {
    expect(readings.length).toBeGreaterThanOrEqual(300);
    for (const [abbreviation, all] of readings) {
      expect(abbreviation).toMatch(/^[a-z0-9]+$/);
      expect(all.length, abbreviation).toBeGreaterThan(0);
      for (const { to } of all) expect(to, abbreviation).toMatch(ENGLISH);
    }
  });

  it('have at most one reading without neighbours, the last', () => {
    for (const [abbreviation, all] of readings) {
      expect(
        all.slice(0, -1).filter(({ near }) => near === undefined),
        abbreviation,
      ).toEqual([]);
      expect(repeated(all.map(({ to }) => to)), abbreviation).toEqual([]);
    }
  });
});

describe('SAP fields', () => {
  it('are of types that take their options', () => {
    expect(fields.length).toBeGreaterThanOrEqual(250);
    for (const [field, { type, description }] of fields) {
      expect(field).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect(findType(type), field).toBeDefined();
      expect(description.trim(), field).not.toBe('');
    }
    expect(problems(fields.map(([, typed]) => typed))).toEqual([]);
  });
});

describe('closed sets', () => {
  it('are at least 400 of different values', () => {
    expect(new Set(sets.map(({ values }) => values.join('|'))).size).toBeGreaterThanOrEqual(400);
  });

  it('have values, no two alike, and a weight for each or none', () => {
    for (const { names, values, weights } of sets) {
      expect(values.length, names[0]).toBeGreaterThanOrEqual(2);
      expect(repeated(values), names[0]).toEqual([]);
      if (weights !== undefined) expect(weights.length, names[0]).toBe(values.length);
      for (const weight of weights ?? []) expect(weight, names[0]).toBeGreaterThan(0);
    }
  });

  it('are accepted as the options of an enum', () => {
    const enums = sets.map(({ values, weights, description }) => ({
      type: 'enum',
      options: { values, ...(weights && { weights }) },
      description,
    }));
    expect(problems(enums)).toEqual([]);
  });
});

describe('measures', () => {
  it('are at least 250 of types that take their options', () => {
    expect(ranges.length).toBeGreaterThanOrEqual(250);
    for (const { type, names } of ranges) expect(findType(type), names[0]).toBeDefined();
    expect(problems(ranges)).toEqual([]);
  });

  it('have a range that is not empty', () => {
    for (const { options = {}, names } of ranges) {
      if ('min' in options) expect(options['max'], names[0]).toBeGreaterThan(Number(options['min']));
    }
  });
});

describe('closed sets and measures together', () => {
  const all: readonly Entry[] = [...sets, ...ranges];

  it('have names and contexts of normalised English words', () => {
    for (const { names, contexts = [], description } of all) {
      expect(names.length, description).toBeGreaterThan(0);
      expect(description).not.toBe('');
      for (const text of [...names, ...contexts]) expect(text).toMatch(ENGLISH);
    }
  });

  it('claim a name in a context once', () => {
    expect(clashes(claims(all))).toEqual([]);
  });
});
