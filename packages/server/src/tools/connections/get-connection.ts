import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { at } from '../api/api.ts';
import { connectionId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { type StoredConnection, showConnection, shownConnection } from './shown-connection.ts';

export const getConnection = defineTool({
  name: 'get_connection',
  title: 'Read a connection',
  description: 'A connection; never its password.',
  input: z.strictObject({ connection: connectionId }),
  output: shownConnection,
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ connection }, { api }) =>
    showConnection(await api.json<StoredConnection>('GET', at`/connections/${connection}`)),
});
