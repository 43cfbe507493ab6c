import { hostEntry } from '@datamaker/connectors';
import { z } from 'zod';
import { REACHES } from '../../services/secret-service.ts';
import { MAX_HOSTS, TOO_MANY_HOSTS } from '../../services/secrets/host-limit.ts';
import type { StoredSecret } from '../../store/secrets.ts';

const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;
/** What programs and DataMaker itself take from the environment: a secret in its place would change how scenarios run. */
const RESERVED = /^(?:DM_.*|LD_.*|DYLD_.*|PYTHON.*|PATH|HOME|USER|SHELL|TMPDIR|LANG|TZ)$/;
const MAX_BYTES = 64 * 1024;

export const secretName = z
  .string('a name must be a text')
  .regex(NAME, 'a name has 1 to 64 letters A to Z, digits and underscores, and begins with a letter')
  .refine((name) => !RESERVED.test(name), 'that name is taken by the environment of scenarios: use another one')
  .meta({ description: 'Also that of the environment variable in scenarios.', example: 'CRM_TOKEN' });

/** Environment variables hold no NUL, and UTF-8 no lone surrogates. Messages never show the value. */
export const secretValue = z
  .string('a value must be a text')
  .refine((text) => text.isWellFormed(), 'a value must be well-formed Unicode')
  .refine((text) => !text.includes('\0'), 'a value has no NUL characters')
  .refine((text) => Buffer.byteLength(text) <= MAX_BYTES, `a value has at most ${MAX_BYTES} bytes in UTF-8`)
  .meta({ format: 'password', writeOnly: true, description: 'At most 64 KiB in UTF-8. It is never shown again.' });

export const secretReach = z
  .enum(REACHES, `reach is one of ${REACHES.join(', ')}`)
  .meta({ description: 'Whether it is for the project or for all of the workspace.' });

const NO_HOST = 'a host is a name or an address, with a port or without: db.example.org, [::1]:5432, or *.example.org';

const listedHosts = z.array(
  z
    .string('a host must be a text')
    .max(300, NO_HOST)
    .transform((text, context) => {
      const entry = hostEntry(text);
      if (entry !== undefined) return entry;
      context.addIssue({ code: 'custom', message: NO_HOST });
      return z.NEVER;
    }),
  'hosts must be a list of texts',
);
const eachOnce = (hosts: readonly string[]): string[] => [...new Set(hosts)];
const saidOfHosts = {
  description:
    'Hosts that connections may send it to: `host` for any port, `host:port`, or `*.domain` for all beneath a domain. Connections to others are refused (`secret_not_for_host`).',
  example: ['db.example.org:5432'],
};

/** Hosts of a new secret in their one spelling, each once. */
export const secretHosts = listedHosts.max(MAX_HOSTS, TOO_MANY_HOSTS).transform(eachOnce).meta(saidOfHosts);

/** Those of a secret that is there: one that got more from its connections may lose some of them. */
export const changedHosts = listedHosts
  .max(10 * MAX_HOSTS, TOO_MANY_HOSTS)
  .transform(eachOnce)
  .meta({
    ...saidOfHosts,
    description: `${saidOfHosts.description} At most ${MAX_HOSTS}, unless all of them are hosts of the secret already.`,
  });

export const secretSchema = z
  .object({
    id: z.string().meta({ example: 'sec_8d3kq0vx2m5ra7cz4n1w' }),
    name: z.string().meta({ example: 'CRM_TOKEN' }),
    reach: secretReach,
    projectId: z.string().nullable().meta({ description: 'null: of all projects.' }),
    version: z.int().min(1).meta({ description: 'One more with each new value.' }),
    hosts: z.array(z.string()).meta({
      description: 'Hosts that connections may send it to; each in lower case and ASCII.',
      example: ['db.example.org:5432'],
    }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'Secret', description: 'What may be shown of a secret: not its value.' });

export const presentSecret = (secret: StoredSecret): z.input<typeof secretSchema> => ({
  id: secret.id,
  name: secret.name,
  reach: secret.project_id === null ? 'workspace' : 'project',
  projectId: secret.project_id,
  version: secret.version,
  hosts: [...secret.hosts],
  createdAt: secret.created_at.toISOString(),
  createdBy: secret.created_by,
  updatedAt: secret.updated_at.toISOString(),
  updatedBy: secret.updated_by,
  lastUsedAt: secret.last_used_at?.toISOString() ?? null,
});
