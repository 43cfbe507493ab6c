// Writes docs/reference/identifiers.md from the engine's identifiers: node --conditions=datamaker-source scripts/docs-identifiers.mjs
import { writeFileSync } from 'node:fs';
import { identifierLists } from './docs/identifier-lists.ts';
import { renderIdentifiers } from './docs/render-identifiers.mjs';
import { at } from './lib/workspace.mjs';

writeFileSync(at('docs', 'reference', 'identifiers.md'), renderIdentifiers(identifierLists()));
