import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { typesOf } from './types-of.mjs';

const ROOT = new URL('../../', import.meta.url);

/** Without spaces and what stands around members: the formatter moves those. */
const bare = (source: string): string => source.replace(/[\s,;'"|()]/g, '');

it.each([
  ['openapi.json', 'api.ts'],
  ['datagen-openapi.json', 'datagen.ts'],
])('types of %s are what `npm run docs` writes', (contract, file) => {
  const document = JSON.parse(readFileSync(new URL(`contracts/${contract}`, ROOT), 'utf8')) as object;
  const written = readFileSync(new URL(`packages/sdk/src/generated/${file}`, ROOT), 'utf8');
  expect(bare(written) === bare(typesOf(document, contract))).toBe(true);
});

it('types say what may be left out, what is null, and keep names that are none of the language', () => {
  const schema = {
    type: 'object',
    properties: { 'a-b': { type: ['string', 'null'] }, c: { type: 'array', items: { enum: ['x', 'y'] } } },
    required: ['a-b'],
  };
  const document = { components: { schemas: { Made: schema } }, paths: {} };
  expect(typesOf(document, 'made.json')).toContain(
    'export type Made = {\n  readonly "a-b": string | null;\n  readonly c?: readonly ("x" | "y")[] | undefined;\n};',
  );
});
