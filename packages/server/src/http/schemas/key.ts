import { z } from 'zod';
import { SCOPES } from '../../security/permissions.ts';
import type { StoredKey } from '../../store/api-keys.ts';

export const keySchema = z
  .object({
    id: z.string().meta({ example: 'key_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    display: z.string().meta({ description: 'The first signs of it.', example: 'dmk_member_K…' }),
    personId: z.string().meta({ description: 'Whose role it carries, as it is now.' }),
    projectId: z.string().nullable().meta({ description: 'The only project that it is for; null: any.' }),
    readOnly: z.boolean(),
    scopes: z.array(z.enum(SCOPES)).nullable().meta({ description: 'What it is for; null: all that the role may do.' }),
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
  scopes: key.scopes === null ? null : [...key.scopes],
  createdAt: key.created_at.toISOString(),
  expiresAt: key.expires_at?.toISOString() ?? null,
  lastUsedAt: key.last_used_at?.toISOString() ?? null,
});

/** A key that has just been made. */
export const newKeySchema = keySchema
  .extend({ key: z.string().meta({ description: 'The key itself; it is never shown again.' }) })
  .meta({ id: 'NewKey' });
