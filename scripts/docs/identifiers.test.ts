import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { flat } from './flat.mjs';
import { identifierLists } from './identifier-lists.ts';
import { renderIdentifiers } from './render-identifiers.mjs';

const page = readFileSync(new URL('../../docs/reference/identifiers.md', import.meta.url), 'utf8');

it('keeps docs/reference/identifiers.md equal to the identifiers (else: npm run docs)', () => {
  expect(flat(page)).toBe(flat(renderIdentifiers(identifierLists())));
});

it('notices a source that has changed', () => {
  const [first, ...others] = identifierLists();
  const changed = [{ ...first, rules: first?.rules.map((rule) => ({ ...rule, source: 'hearsay' })) }, ...others];
  expect(flat(renderIdentifiers(changed))).not.toBe(flat(page));
});
