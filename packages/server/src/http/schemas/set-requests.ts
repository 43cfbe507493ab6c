import { FORMATS } from '@datamaker/engine';
import { z } from 'zod';
import { MAX_GIVEN_ROWS } from '../../services/sets/given-rows.ts';
import { pageQuery } from './page.ts';
import { wholeNumber } from './set.ts';
import { MAX_VERSION, versionNumber } from './version.ts';

export const saveSetBody = z.strictObject({
  name: z.string('name must be a text').meta({ example: 'reg_bp_de_2026q2' }),
  rows: z
    .array(z.unknown(), 'rows must be a list of objects')
    .max(MAX_GIVEN_ROWS, `at most ${MAX_GIVEN_ROWS} rows can be given`)
    .optional()
    .meta({ description: 'Objects; numbers keep all their digits.', example: [{ id: 1, city: 'Köln' }] }),
  template_id: z.string('template_id must be a text').optional(),
  count: z.unknown().optional(),
  seed: z.unknown().optional(),
  version: versionNumber.optional(),
});
export const listSetsQuery = pageQuery.extend({
  deleted: z
    .enum(['true', 'false'], 'deleted must be true or false')
    .default('false')
    .meta({ description: '`true`: those that were deleted and are not purged yet.' }),
});
export const restoreSetBody = z.strictObject({
  id: z
    .string('id must be a text')
    .optional()
    .meta({ description: 'Which of several deleted sets that had the name; default: the one that was deleted last.' }),
  as: z
    .string('as must be a text')
    .optional()
    .meta({ description: 'What it is called from now on, when another set has its name.' }),
});
const MAX_ROW = 1_000_000_000;
export const setVersion = wholeNumber('version', 1, MAX_VERSION).optional();
export const loadSetQuery = z.strictObject({
  version: setVersion,
  offset: wholeNumber('offset', 0, MAX_ROW).default(0).meta({ description: 'The first row, from 0.' }),
  limit: wholeNumber('limit', 1, MAX_ROW).optional().meta({ description: 'How many rows; default: all.' }),
  format: z
    .string('give format once')
    .optional()
    .meta({ description: `The rows alone, as one of ${FORMATS.join(', ')}.` }),
});
export const diffSetQuery = z.strictObject({
  from: wholeNumber('from', 1, MAX_VERSION),
  to: wholeNumber('to', 1, MAX_VERSION),
  key: z.string('give key once').max(300).optional().meta({ description: 'The column that tells rows apart.' }),
  limit: wholeNumber('limit', 1, 1000).default(100).meta({ description: 'Most rows of each kind.' }),
});
