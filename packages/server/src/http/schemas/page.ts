import { z } from 'zod';

/** What every list takes. */
export const pageQuery = z.strictObject({
  limit: z
    .string('give limit once')
    .regex(/^0*([1-9]\d?|100)$/, 'limit must be a whole number from 1 to 100')
    .transform(Number)
    .default(20)
    .meta({ description: 'Most items of a page, 1 to 100.' }),
  cursor: z
    .string('give cursor once')
    .max(500, 'the cursor is not one that this list gave')
    .optional()
    .meta({ description: '`next_cursor` of the page before.' }),
});

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'For the next page; null on the last one.' }),
    total: z.int().min(0).meta({ description: 'How many there are on all pages.' }),
  });
