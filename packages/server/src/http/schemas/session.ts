import { z } from 'zod';
import { SCOPES } from '../../security/permissions.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredPerson } from '../../store/people.ts';
import type { StoredSession } from '../../store/sessions.ts';
import { personSchema, presentPerson } from './people.ts';

/** Who somebody is for the server, and with what. */
export const identitySchema = z
  .object({
    person: personSchema,
    workspaceId: z.string(),
    credential: z.enum(['key', 'session', 'run', 'chat']),
    credentialId: z.string(),
    readOnly: z.boolean(),
    scopes: z
      .array(z.enum(SCOPES))
      .nullable()
      .meta({ description: 'What the key is for; null: all that the role may do.' }),
    projectId: z.string().nullable().meta({ description: 'The only project that the key is for; null: any.' }),
  })
  .meta({ id: 'Identity' });

export const presentIdentity = (
  person: StoredPerson,
  { workspaceId, credential, keyId, readOnly, scopes, onlyProject, projectId }: Principal,
): z.input<typeof identitySchema> => ({
  person: presentPerson(person),
  workspaceId,
  credential,
  credentialId: keyId,
  readOnly,
  scopes: scopes === null ? null : [...scopes],
  projectId: onlyProject ? projectId : null,
});

export const sessionSchema = z
  .object({
    id: z.string().meta({ example: 'ses_8d3kq0vx2m5ra7cz4n1w' }),
    current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
    agent: z.string().meta({ description: 'What the browser said it is.' }),
    address: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: 'To the minute.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export const presentSession = (session: StoredSession, current: string): z.input<typeof sessionSchema> => ({
  id: session.id,
  current: session.id === current,
  agent: session.agent,
  address: session.address,
  createdAt: session.created_at.toISOString(),
  lastUsedAt: session.last_used_at.toISOString(),
  expiresAt: session.expires_at.toISOString(),
});

/** What a sign-in gives beside the cookie. */
export const begunSchema = z.object({ person: personSchema, session: sessionSchema }).meta({ id: 'SignedIn' });
