import { z } from 'zod';
import { MAX_PUSHED } from '../../services/connections/push-source.ts';
import { columnMapping } from './column-mapping.ts';
import { tableNameText } from './table.ts';

/** How rows go into a table, whoever sends them: a request or a run. */
export const pushRules = {
  mapping: columnMapping.optional(),
  on_conflict: z
    .enum(['fail', 'skip', 'update'], 'on_conflict is one of fail, skip, update')
    .default('fail')
    .meta({ description: 'What to do with a row whose key is there already.' }),
  key: z
    .array(tableNameText, 'key must be a list of columns')
    .min(1, 'name at least one column')
    .max(100, 'at most 100 columns')
    .optional()
    .meta({ description: 'Columns that tell rows apart; default: the primary key.' }),
  batch_size: z
    .int('batch_size must be a whole number')
    .min(1, 'batch_size must be at least 1')
    .max(MAX_PUSHED, `batch_size must be at most ${MAX_PUSHED}`)
    .optional()
    .meta({ description: 'Most rows that are sent together.' }),
};
