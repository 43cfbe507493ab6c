import { readFileSync, statSync } from 'node:fs';
import { COVERAGE_FAMILIES, localeCoverage } from '@datamaker/engine';
import { expect, it } from 'vitest';
import { flat } from './flat.mjs';
import { renderLocales } from './render-locales.mjs';

const page = readFileSync(new URL('../../docs/reference/locales.md', import.meta.url), 'utf8');
const data = new URL('../../packages/engine/src/locales/data/', import.meta.url);
const bytesOf = (code: string): number => statSync(new URL(`${code}.json`, data)).size;

it('keeps docs/reference/locales.md equal to the locale data (else: npm run docs)', async () => {
  expect(flat(page)).toBe(flat(renderLocales(await localeCoverage(), COVERAGE_FAMILIES, bytesOf)));
});

it('notices a locale that has changed', async () => {
  const [first, ...others] = await localeCoverage();
  const changed = [{ ...first, label: 'Something else' }, ...others];
  expect(flat(renderLocales(changed as Parameters<typeof renderLocales>[0], COVERAGE_FAMILIES, bytesOf))).not.toBe(
    flat(page),
  );
});
