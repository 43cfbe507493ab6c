// Writes the error codes into docs/reference/errors.md: node --conditions=datamaker-source scripts/docs-errors.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { ERRORS } from '../packages/server/src/errors.ts';
import { renderErrors, replaceTable } from './docs/render-errors.mjs';
import { at } from './lib/workspace.mjs';

const page = at('docs', 'reference', 'errors.md');
writeFileSync(page, replaceTable(readFileSync(page, 'utf8'), renderErrors(ERRORS)));
