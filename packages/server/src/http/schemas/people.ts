import { z } from 'zod';
import { MAX_PASSWORD, MIN_PASSWORD } from '../../security/password.ts';
import { ROLES } from '../../security/permissions.ts';
import type { StoredInvite } from '../../store/invites.ts';
import type { StoredPerson } from '../../store/people.ts';

const CONTROL = /[\u0000-\u001f\u007f]/;

/** What people call themselves, and things. */
export const shortName = z
  .string('a name must be a text')
  .trim()
  .min(1, 'a name must not be empty')
  .max(200, 'a name has at most 200 characters')
  .refine((name) => !CONTROL.test(name), 'a name has no control characters');

export const roleSchema = z
  .enum(ROLES, `a role is one of ${ROLES.join(', ')}`)
  .meta({ description: 'Each may do what those before it may.', example: 'member' });

/** In lower case: nobody tells addresses apart by it. */
export const emailSchema = z
  .string('an e-mail address must be a text')
  .trim()
  .toLowerCase()
  .max(254, 'an e-mail address has at most 254 characters')
  .pipe(z.email('that is no e-mail address'))
  .meta({ example: 'ada@example.org' });

/** Also lone surrogates would not come back: UTF-8 cannot hold them. */
export const newPassword = z
  .string('a password must be a text')
  .min(MIN_PASSWORD, `a password has at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `a password has at most ${MAX_PASSWORD} characters`)
  .refine((text) => text.isWellFormed(), 'a password must be well-formed Unicode')
  .meta({ format: 'password' });

export const password = z
  .string('a password must be a text')
  .max(MAX_PASSWORD, `a password has at most ${MAX_PASSWORD} characters`)
  .meta({ format: 'password' });

export const personSchema = z
  .object({
    id: z.string().meta({ example: 'usr_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    email: z.string().nullable(),
    role: roleSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Person' });

export const presentPerson = (person: StoredPerson): z.input<typeof personSchema> => ({
  id: person.id,
  name: person.name,
  email: person.email,
  role: person.role,
  createdAt: person.created_at.toISOString(),
  updatedAt: person.updated_at.toISOString(),
});

export const inviteSchema = z
  .object({
    id: z.string().meta({ example: 'inv_8d3kq0vx2m5ra7cz4n1w' }),
    role: roleSchema,
    email: z.string().nullable().meta({ description: 'The only address that it is for; null: any.' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invite' });

export const presentInvite = (invite: StoredInvite): z.input<typeof inviteSchema> => ({
  id: invite.id,
  role: invite.role,
  email: invite.email,
  createdBy: invite.created_by,
  createdAt: invite.created_at.toISOString(),
  expiresAt: invite.expires_at.toISOString(),
});
