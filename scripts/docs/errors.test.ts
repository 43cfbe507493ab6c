import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERRORS } from '../../packages/server/src/errors.ts';
import { flat } from './flat.mjs';
import { betweenMarkers, renderErrors, replaceTable } from './render-errors.mjs';

const page = readFileSync(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8');

it('keeps docs/reference/errors.md equal to the catalogue (else: npm run docs)', () => {
  expect(flat(betweenMarkers(page) ?? '')).toBe(renderErrors(ERRORS));
});

it('notices a code that the page lacks', () => {
  const more = { ...ERRORS, teapot: { status: 418, summary: 'No coffee here.' } };
  expect(flat(betweenMarkers(page) ?? '')).not.toBe(renderErrors(more));
  expect(betweenMarkers(replaceTable(page, renderErrors(more)))).toBe(renderErrors(more));
});
