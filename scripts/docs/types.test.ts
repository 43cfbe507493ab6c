import { readFileSync } from 'node:fs';
import { commonOptionInfos, fieldTypes } from '@datamaker/engine';
import { expect, it } from 'vitest';
import { flat } from './flat.mjs';
import { renderTypes } from './render-types.mjs';

const page = readFileSync(new URL('../../docs/reference/types.md', import.meta.url), 'utf8');

it('keeps docs/reference/types.md equal to the catalogue (else: npm run docs)', () => {
  expect(flat(page)).toBe(flat(renderTypes(fieldTypes(), commonOptionInfos())));
});

it('notices an option that has changed', () => {
  const [first, ...others] = fieldTypes();
  const changed = [{ ...first, summary: 'Something else.' }, ...others];
  expect(flat(renderTypes(changed, commonOptionInfos()))).not.toBe(flat(page));
});
