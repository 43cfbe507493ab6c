import { z } from 'zod';
import type { StoredKey } from '../../store/api-keys.ts';

export const keySchema = z
  .object({
    id: z.string().meta({ example: 'key_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    display: z.string().meta({ description: 'The first signs of it.', example: 'dmk_member_K…' }),
    personId: z.string().meta({ description: 'Whose role it carries, as it is now.' }),
    projectId: z.string().nullable().meta({ description: 'The only project that it is for; null: any.' }),
    readOnly: z.boolean(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'Key' });

export const presentKey = (key: StoredKey): z.input<typeof keySchema> => ({
  id: key.id,
  name: key.name,
  display: key.display,
  personId: key.person_id,
  projectId: key.project_id,
  readOnly: key.read_only,
  createdAt: key.created_at.toISOString(),
  expiresAt: key.expires_at?.toISOString() ?? null,
  lastUsedAt: key.last_used_at?.toISOString() ?? null,
});

/** A key that has just been made. */
export const newKeySchema = keySchema
  .extend({ key: z.string().meta({ description: 'The key itself; it is never shown again.' }) })
  .meta({ id: 'NewKey' });
