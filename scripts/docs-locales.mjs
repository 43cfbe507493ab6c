// Writes docs/reference/locales.md from the locale data: node --conditions=datamaker-source scripts/docs-locales.mjs
import { statSync, writeFileSync } from 'node:fs';
import { COVERAGE_FAMILIES, localeCoverage } from '../packages/engine/src/index.ts';
import { renderLocales } from './docs/render-locales.mjs';
import { at } from './lib/workspace.mjs';

const bytesOf = (code) => statSync(at('packages', 'engine', 'src', 'locales', 'data', `${code}.json`)).size;
writeFileSync(at('docs', 'reference', 'locales.md'), renderLocales(await localeCoverage(), COVERAGE_FAMILIES, bytesOf));
