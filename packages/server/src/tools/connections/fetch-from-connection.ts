import { z } from 'zod';
import { ADDS_FROM_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { connectionId, rows } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface SavedSet {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
}

const SHOWN = 5;

export const fetchFromConnection = defineTool({
  name: 'fetch_from_connection',
  title: 'Fetch rows into a set',
  description: 'Saves rows of a table as a set and shows the first five.',
  input: z.strictObject({
    connection: connectionId,
    table: z.string().min(1).max(512).optional(),
    schema: z.string().max(512).optional(),
    select: z.array(z.string().min(1).max(512)).min(1).max(1000).optional(),
    where: z.array(z.record(z.string(), z.unknown())).max(100).optional().describe('[{column, is: "=", value}]'),
    filter: z.string().min(1).max(4000).optional(),
    order_by: z.array(z.string().min(1).max(512)).min(1).max(100).optional(),
    top: z.int().min(1).max(1_000_000).optional(),
    set: z.string().min(1).max(200),
  }),
  output: z.strictObject({ set: z.string(), version: z.int(), row_count: z.int(), rows }),
  annotations: ADDS_FROM_OUTSIDE,
  risk: 'write',
  permission: 'write',
  readsForeignData: true,
  call: async ({ connection, ...body }, { api }) => {
    const set = await api.json<SavedSet>('POST', at`/connections/${connection}/fetch`, { body });
    const query = { version: set.version, limit: SHOWN };
    const loaded = await api.json<{ rows: Record<string, unknown>[] }>('GET', at`/sets/${set.name}`, { query });
    return { set: set.name, version: set.version, row_count: set.row_count, rows: loaded.rows };
  },
});
