// Writes docs/reference/types.md from the catalogue of field types: node --conditions=datamaker-source scripts/docs-types.mjs
import { writeFileSync } from 'node:fs';
import { commonOptionInfos, fieldTypes } from '../packages/engine/src/index.ts';
import { renderTypes } from './docs/render-types.mjs';
import { at } from './lib/workspace.mjs';

writeFileSync(at('docs', 'reference', 'types.md'), renderTypes(fieldTypes(), commonOptionInfos()));
