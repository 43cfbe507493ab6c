// Writes the types of the TypeScript package from the documents of the API: packages/sdk/src/generated.
import { readFileSync, writeFileSync } from 'node:fs';
import { at } from './lib/workspace.mjs';
import { typesOf } from './sdk/types-of.mjs';

for (const [contract, file] of [
  ['openapi.json', 'api.ts'],
  ['datagen-openapi.json', 'datagen.ts'],
]) {
  const document = JSON.parse(readFileSync(at('contracts', contract), 'utf8'));
  writeFileSync(at('packages', 'sdk', 'src', 'generated', file), typesOf(document, contract));
}
