import { CONNECTION_TYPES } from '@datamaker/connectors';
import { z } from 'zod';
import type { ToldConnection } from '../../services/connection-service.ts';
import type { DeletedConnection, StoredConnection } from '../../store/connections.ts';
import { idText } from './ids.ts';

const MAX_URL = 4000;

export const connectionName = z
  .string('a name must be a text')
  .min(1, 'a name must not be empty')
  .max(200, 'a name has at most 200 characters')
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), 'a name has no control characters')
  .meta({ example: 'Orders (staging)' });

export const connectionType = z
  .enum(CONNECTION_TYPES, `type is one of ${CONNECTION_TYPES.join(', ')}`)
  .meta({ description: 'Which system it is.' });

export const connectionUrl = z
  .string('url must be a text')
  .min(1, 'url must not be empty')
  .max(MAX_URL, `url has at most ${MAX_URL} characters`)
  .meta({
    description: 'As is usual for the system. A password in it becomes a secret, and is never shown again.',
    example: 'postgres://tester:secret@db.example.org:5432/orders',
  });

export const connectionAuth = z.record(z.string(), z.unknown(), 'auth must be an object').meta({
  description:
    'How to sign in: `{ type, … }`. Passwords and tokens become secrets; in place of one, `secret_ref` names a secret of people, which has to be meant for the host.',
  example: { type: 'basic', username: 'tester', secret_ref: 'sec_8d3kq0vx2m5ra7cz4n1w' },
});

export const connectionOptions = z
  .record(z.string(), z.unknown(), 'options must be an object')
  .meta({ description: 'What else is to be said to the system, by its type.', example: { schemas: ['public'] } });

export const connectionReadOnly = z
  .boolean('readOnly must be true or false')
  .meta({ description: 'Whether nothing is ever changed through it.' });

export const connectionIds = z
  .array(idText, 'connections must be a list of ids')
  .min(1, 'name at least one of the connections')
  .max(100, 'at most 100 connections');

const verificationSchema = z
  .object({
    status: z.enum(['verified', 'unverified']),
    problem: z.string().nullable().meta({ description: 'What is in the way, in a word to switch on.', example: 'tls' }),
    message: z.string().nullable(),
    hint: z.string().nullable().meta({ description: 'What to do about it.' }),
    server: z
      .object({ product: z.string(), version: z.string(), notes: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What answered.' }),
    at: z.iso.datetime().nullable().meta({ description: 'null: it was not tried since it was changed.' }),
  })
  .meta({ id: 'Verification' });

export const connectionSchema = z
  .object({
    id: z.string().meta({ example: 'conn_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string(),
    type: z.string().meta({ example: 'postgres' }),
    url: z.string().meta({ description: 'Without a password.' }),
    auth: z.looseObject({ type: z.string() }).meta({ description: 'Without secrets.' }),
    options: z.record(z.string(), z.unknown()),
    readOnly: z.boolean(),
    hasSecret: z.boolean().meta({ description: 'Whether a password, token or the like is kept.' }),
    secretHostsAdded: z
      .array(z.string())
      .optional()
      .meta({
        description:
          'Hosts that this request has added to those of the secret that `auth.secret_ref` names; none unless said.',
        example: ['db.example.org:5432'],
      }),
    verification: verificationSchema,
    lastVerifiedAt: z.iso.datetime().nullable().meta({ description: 'When it was last reached.' }),
    metadata: z
      .object({
        tables: z.array(z.string()).optional(),
        entitySets: z.array(z.string()).optional().meta({ description: 'Of OData services, in place of `tables`.' }),
        readAt: z.iso.datetime(),
      })
      .nullable()
      .meta({ description: 'Names of its tables, at most 1000; null: they were not read.' }),
    version: z.int().min(1).meta({ description: 'One more with each change.' }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
  })
  .meta({ id: 'Connection' });

export const listedConnectionSchema = connectionSchema
  .extend({ deletedAt: z.iso.datetime().optional(), purgeAt: z.iso.datetime().optional() })
  .meta({ id: 'ListedConnection' });

const UNTRIED = { status: 'unverified', problem: null, message: null, hint: null, server: null, at: null } as const;

export const presentConnection = (connection: ToldConnection): z.input<typeof connectionSchema> => ({
  id: connection.id,
  name: connection.name,
  type: connection.type,
  url: connection.config.url,
  auth: { ...connection.config.auth, ...(connection.secret_ref === null ? {} : { secret_ref: connection.secret_ref }) },
  options: connection.config.options,
  readOnly: connection.read_only,
  hasSecret: connection.secret_id !== null || connection.secret_ref !== null,
  ...(connection.hostsAdded === undefined ? {} : { secretHostsAdded: [...connection.hostsAdded] }),
  verification:
    connection.verification === null
      ? UNTRIED
      : {
          ...connection.verification,
          server: connection.verification.server && {
            ...connection.verification.server,
            notes: [...connection.verification.server.notes],
          },
        },
  lastVerifiedAt: connection.verified_at?.toISOString() ?? null,
  metadata: metadataOf(connection),
  version: connection.version,
  createdAt: connection.created_at.toISOString(),
  createdBy: connection.created_by,
  updatedAt: connection.updated_at.toISOString(),
  updatedBy: connection.updated_by,
});

export const presentDeletedConnection = (connection: DeletedConnection): z.input<typeof listedConnectionSchema> => ({
  ...presentConnection(connection),
  deletedAt: connection.deleted_at.toISOString(),
  purgeAt: connection.purge_at.toISOString(),
});

function metadataOf({ type, catalogue_names: names, catalogue_at: at }: StoredConnection) {
  if (names === null || at === null) return null;
  return { [type === 'sap_odata' ? 'entitySets' : 'tables']: [...names], readAt: at.toISOString() };
}
