import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import type { ListPage } from '../api/list-page.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { type StoredConnection, showConnection, shownConnection } from './shown-connection.ts';

export const listConnections = defineTool({
  name: 'list_connections',
  title: 'List connections',
  description: 'Systems that rows go to and come from.',
  input: z.strictObject({ limit, cursor, name: z.string().min(1).max(200).optional() }),
  output: z.strictObject({ connections: z.array(shownConnection), total: z.int(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<ListPage<StoredConnection>>('GET', '/connections', { query });
    return { connections: page.items.map(showConnection), total: page.total, cursor: page.next_cursor };
  },
});
