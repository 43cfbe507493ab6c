import { z } from 'zod';
import { TRIES_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { connectionId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { type StoredConnection, showConnection, shownConnection } from './shown-connection.ts';

export const verifyConnection = defineTool({
  name: 'verify_connection',
  title: 'Try a connection',
  description: 'Signs in to the system, and says what is in the way if it cannot.',
  input: z.strictObject({ connection: connectionId }),
  output: shownConnection,
  annotations: TRIES_OUTSIDE,
  risk: 'write',
  permission: 'push',
  readsForeignData: true,
  call: async ({ connection }, { api }) =>
    showConnection(await api.json<StoredConnection>('POST', at`/connections/${connection}/verify`, { body: {} })),
});
