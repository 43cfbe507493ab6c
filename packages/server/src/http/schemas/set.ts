import { z } from 'zod';
import type { DeletedSet, StoredSet } from '../../store/sets.ts';

export const MAX_SET_BODY = 10 * 1024 * 1024;

/** A version of a set, without its rows. */
export const setSchema = z
  .object({
    name: z.string().meta({ example: 'reg_bp_de_2026q2' }),
    version: z.int().min(1),
    row_count: z.int().min(0),
    sha256: z.string().meta({ description: 'Of the rows as lines of JSON, in hexadecimal.' }),
    template_id: z.string().nullable().meta({ description: 'The template that made it; null: rows were given.' }),
    template_version: z.int().nullable(),
    seed: z.string().nullable(),
    engine_version: z.string().nullable(),
    stored_as: z.enum(['rows', 'recipe']).meta({ description: 'A recipe makes the rows anew when they are loaded.' }),
    created_at: z.iso.datetime(),
    created_by: z.string(),
  })
  .meta({ id: 'SavedSet' });

export const presentSet = (set: StoredSet): z.input<typeof setSchema> => ({
  name: set.name,
  version: set.version,
  row_count: set.rows,
  sha256: set.sha256.toString('hex'),
  template_id: set.templateId,
  template_version: set.templateVersion,
  seed: set.seed,
  engine_version: set.engineVersion,
  stored_as: set.isRecipe ? 'recipe' : 'rows',
  created_at: set.createdAt.toISOString(),
  created_by: set.createdBy,
});

/** A set in a list; what is optional is there of deleted ones only. */
export const listedSetSchema = setSchema
  .extend({
    id: z.string().optional().meta({ description: 'To restore it by.' }),
    deleted_at: z.iso.datetime().optional(),
    purge_at: z.iso.datetime().optional().meta({ description: 'From then on it cannot be restored.' }),
  })
  .meta({ id: 'ListedSet', description: 'A set; with `deleted=true` also how to restore it, and until when.' });

export const presentDeletedSet = (set: DeletedSet): z.input<typeof listedSetSchema> => ({
  id: set.id,
  ...presentSet(set),
  deleted_at: set.deletedAt.toISOString(),
  purge_at: set.purgeAt.toISOString(),
});

export const setParams = z.object({
  name: z.string().meta({ description: 'The name of a set.', example: 'reg_bp_de_2026q2' }),
});

/** A whole number of a query, as text. */
export const wholeNumber = (name: string, min: number, max: number) =>
  z
    .string(`give ${name} once`)
    .regex(/^\d{1,15}$/, `${name} must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `${name} must be a whole number from ${min} to ${max}`);
