import { readFileSync } from 'node:fs';
import { formatOptionInfos, formatTable } from '@datamaker/engine/formats';
import { expect, it } from 'vitest';
import { flat } from './flat.mjs';
import { renderFormats } from './render-formats.mjs';

const page = readFileSync(new URL('../../docs/reference/formats.md', import.meta.url), 'utf8');

it('keeps docs/reference/formats.md equal to the declarations (else: npm run docs)', () => {
  expect(flat(page)).toBe(flat(renderFormats(formatTable, formatOptionInfos())));
});

it('notices an option that has changed', () => {
  const [first, ...others] = formatOptionInfos();
  const changed = [{ ...first, summary: 'Something else.' }, ...others];
  expect(flat(renderFormats(formatTable, changed))).not.toBe(flat(page));
});
