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
