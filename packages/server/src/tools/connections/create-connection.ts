import { CONNECTION_TYPES } from '@datamaker/connectors';
import { z } from 'zod';
import { ADDS_FROM_OUTSIDE } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { type StoredConnection, showConnection, shownConnection } from './shown-connection.ts';

export const createConnection = defineTool({
  name: 'create_connection',
  title: 'Create a connection',
  description:
    'Saves a connection and tries it; one that cannot be reached is kept as unverified. Prefer auth {type, username, secret_ref} to a password in the url; the secret must list the host.',
  input: z.strictObject({
    name: z.string().min(1).max(200),
    type: z.enum(CONNECTION_TYPES),
    url: z.string().min(1).max(4000),
    auth: z.record(z.string(), z.unknown()).optional(),
    options: z.record(z.string(), z.unknown()).optional(),
    read_only: z.boolean().optional(),
  }),
  output: shownConnection,
  annotations: ADDS_FROM_OUTSIDE,
  risk: 'outbound_or_destructive',
  permission: 'push',
  readsForeignData: true,
  call: async ({ read_only: readOnly, ...body }, { api }) =>
    showConnection(await api.json<StoredConnection>('POST', '/connections', { body: { ...body, readOnly } })),
});
