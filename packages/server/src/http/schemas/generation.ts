import { FORMATS } from '@datamaker/engine';
import { z } from 'zod';

/** Not a z.record: that drops the key `__proto__`, which may be a field's name. */
export const overrides = z
  .custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'overrides must be an object: field name → value',
  )
  .meta({
    description:
      'Field name → the value it has in every row, or `{ pick_from, weights }`, from which each row takes one. `{ constant }` is for values that look like that.',
    example: { country: { pick_from: ['DE', 'AT'], weights: [3, 1] } },
    override: { type: 'object', additionalProperties: true },
  })
  .optional();
export const seed = z
  .unknown()
  .optional()
  .meta({ description: 'A text or a number; drawn unless given, and told in `X-DataMaker-Seed`.', example: 'demo' });
export const mode = z.unknown().optional().meta({ description: '`right`, `negative` or `boundary`.' });
export const negative = z.unknown().optional().meta({ description: 'How rows are wrong on purpose.' });
/** Beside these, the options of the format: the engine knows them, and what is unknown. */
export const generateBody = z.looseObject({
  count: z.unknown().optional().meta({ description: 'How many rows.', example: 100 }),
  from: z.unknown().optional().meta({ description: 'The first row; default 0. Row i is the same in every range.' }),
  to: z.unknown().optional().meta({ description: 'The row after the last, in place of `count`.' }),
  format: z
    .unknown()
    .optional()
    .meta({ description: `One of ${FORMATS.join(', ')}; default json.`, example: 'csv' }),
  seed,
  mode,
  negative,
  overrides,
  async: z
    .unknown()
    .optional()
    .meta({ description: '`true`: a run in place of a stream; `false`: a stream, however many rows.', example: true }),
});
