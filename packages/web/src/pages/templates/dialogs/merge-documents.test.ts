import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TemplateDocument } from '../../../api/types.ts';
import { mergeDocuments } from './merge-documents.ts';

const document = (fields: Readonly<Record<string, string>>, name = 'People'): TemplateDocument => ({
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
});
const BASE = document({ id: 'sequence', name: 'full_name', mail: 'email' });

it('takes from each what only that one has changed', () => {
  const theirs = document({ id: 'uuid', name: 'full_name', mail: 'email', city: 'city' });
  const yours = document({ id: 'sequence', phone: 'phone', name: 'first_name' }, 'Persons');
  expect(mergeDocuments(BASE, theirs, yours)).toEqual({
    document: document({ id: 'uuid', phone: 'phone', name: 'first_name', city: 'city' }, 'Persons'),
    disputed: [],
  });
});

it('names what both have changed, and takes yours there', () => {
  const theirs = { ...document({ id: 'uuid', name: 'full_name', mail: 'email' }), locale: 'de_DE' };
  const yours = { ...document({ name: 'full_name', mail: 'email' }), locale: 'fr_FR' };
  expect(mergeDocuments(BASE, theirs, yours)).toEqual({
    document: { ...document({ name: 'full_name', mail: 'email' }), locale: 'fr_FR' },
    disputed: ['id', 'locale'],
  });
});

it('keeps the order of whoever has changed it', () => {
  const moved = document({ mail: 'email', id: 'sequence', name: 'full_name' });
  const added = document({ id: 'sequence', name: 'full_name', mail: 'email', city: 'city' });
  const both = document({ mail: 'email', city: 'city', id: 'sequence', name: 'full_name' });
  expect(mergeDocuments(BASE, moved, added).document).toEqual(both);
  expect(mergeDocuments(BASE, added, moved).document).toEqual(both);
});

it('says so where both have changed the order, and takes yours', () => {
  const [base, theirs, yours] = ['abc', 'bac', 'cab'].map((names) =>
    document(Object.fromEntries([...names].map((name) => [name, 'x']))),
  ) as [TemplateDocument, TemplateDocument, TemplateDocument];
  expect(mergeDocuments(base, theirs, yours)).toEqual({ document: yours, disputed: ['the order of fields'] });
});

it('says so where both may have renamed a field, each in another way', () => {
  const [base, theirs, yours] = [
    { a: 'x', b: 'x' },
    { c: 'x', b: 'x' },
    { d: 'x', b: 'x' },
  ].map((fields) => document(fields)) as [TemplateDocument, TemplateDocument, TemplateDocument];
  const merged = mergeDocuments(base, theirs, yours);
  expect(merged.disputed).toEqual(['a']);
  expect(merged.document.fields.map(({ name }) => name).toSorted()).toEqual(['b', 'c', 'd']);
  expect(mergeDocuments(base, theirs, document({ b: 'x' })).disputed).toEqual([]);
});

const documents = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('x', 'y')), {
    selector: ([name]) => name,
  })
  .map((fields) => document(Object.fromEntries(fields)));

it('is what one has made where the other has changed nothing, and never has a field twice', () => {
  fc.assert(
    fc.property(documents, documents, documents, (base, one, other) => {
      expect(mergeDocuments(base, one, base)).toEqual({ document: one, disputed: [] });
      expect(mergeDocuments(base, base, one)).toEqual({ document: one, disputed: [] });
      expect(mergeDocuments(base, one, one)).toEqual({ document: one, disputed: [] });
      const names = mergeDocuments(base, one, other).document.fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

it('takes nothing of the order or the names back without saying so', () => {
  fc.assert(
    fc.property(documents, documents, documents, (base, theirs, yours) => {
      const { document: merged, disputed } = mergeDocuments(base, theirs, yours);
      const namesOf = ({ fields }: TemplateDocument): string[] => fields.map(({ name }) => name);
      const [old, their, your] = [base, theirs, yours].map(namesOf) as [string[], string[], string[]];
      const common = old.filter((name) => their.includes(name) && your.includes(name));
      const orderOf = (names: string[]): string => names.filter((name) => common.includes(name)).join();
      const [before, after, own] = [orderOf(old), orderOf(their), orderOf(your)];
      const isDisputed = after !== before && own !== before && after !== own;
      expect(disputed.includes('the order of fields')).toBe(isDisputed);
      expect(orderOf(namesOf(merged))).toBe(own === before ? after : own);
      const isNew = (one: string[], other: string[]): boolean =>
        one.some((name) => !old.includes(name) && !other.includes(name));
      const gone = old.filter((name) => !their.includes(name) && !your.includes(name));
      const isRenamed = isNew(their, your) && isNew(your, their);
      for (const name of gone) expect(disputed.includes(name)).toBe(isRenamed);
    }),
  );
});
