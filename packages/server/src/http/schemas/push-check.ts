import { z } from 'zod';

/** What was read back of a push; the same as `check` in the run's result. */
export const pushCheckSchema = z
  .object({
    by: z.enum(['keys', 'none']).meta({ description: '`keys`: each row was looked for; `none`: it cannot be done.' }),
    ok: z.boolean().nullable(),
    expected: z.int(),
    found: z.int().nullable(),
    expected_keys: z.string().nullable().meta({ description: 'A checksum of the keys that were written.' }),
    found_keys: z.string().nullable().meta({ description: 'The same of those of them that are there.' }),
    missing: z.array(z.int()).meta({ description: 'The first hundred rows that are not there.' }),
    message: z.string().nullable(),
    at: z.string(),
    within: z
      .array(
        z.object({
          path: z.string().meta({ example: 'to_Item' }),
          expected: z.int(),
          found: z.int().nullable().meta({ description: 'null: the system cannot be asked for them.' }),
        }),
      )
      .optional()
      .meta({ description: 'Rows that went in within others, by the path to them.' }),
  })
  .meta({ id: 'PushCheck' });
