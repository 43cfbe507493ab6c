// Writes docs/reference/formats.md from the declarations of the formats: node --conditions=datamaker-source scripts/docs-formats.mjs
import { writeFileSync } from 'node:fs';
import { formatOptionInfos, formatTable } from '../packages/engine/src/format/index.ts';
import { renderFormats } from './docs/render-formats.mjs';
import { at } from './lib/workspace.mjs';

writeFileSync(at('docs', 'reference', 'formats.md'), renderFormats(formatTable, formatOptionInfos()));
