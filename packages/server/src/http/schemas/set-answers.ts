import { z } from 'zod';
import { setSchema } from './set.ts';

const rowList = z.array(z.record(z.string(), z.unknown()));
export const loadedSetSchema = setSchema
  .extend({ offset: z.int(), next_offset: z.int().nullable(), rows: rowList })
  .meta({ id: 'LoadedSet' });
export const verifiedSetSchema = setSchema
  .pick({ name: true, version: true, row_count: true, sha256: true, stored_as: true, engine_version: true })
  .extend({
    matches: z.boolean().meta({ description: 'Whether the rows are still the ones that were saved.' }),
    found_sha256: z.string(),
    engine_version_now: z.string(),
  })
  .meta({ id: 'VerifiedSet' });
export const setDiffSchema = z
  .object({
    name: z.string(),
    from: z.int(),
    to: z.int(),
    key: z.string().nullable(),
    unchanged: z.int(),
    added: z.object({ count: z.int(), rows: rowList }),
    removed: z.object({ count: z.int(), rows: rowList }),
    changed: z.object({
      count: z.int(),
      rows: z.array(z.object({ at: z.unknown(), before: z.unknown(), after: z.unknown() })),
    }),
    truncated: z.boolean().meta({ description: 'Whether there are more rows of a kind than are shown.' }),
  })
  .meta({ id: 'SetDiff' });
