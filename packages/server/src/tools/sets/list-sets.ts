import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import type { ListPage } from '../api/list-page.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Listed {
  readonly name: string;
  readonly version: number;
  readonly row_count: number;
  readonly created_at: string;
}

export const listSets = defineTool({
  name: 'list_sets',
  title: 'List sets',
  description: 'Saved rows with names and versions.',
  input: z.strictObject({ limit, cursor }),
  output: z.strictObject({ sets: z.array(z.unknown()), total: z.int(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<ListPage<Listed>>('GET', '/sets', { query });
    return {
      sets: page.items.map(({ name, version, row_count, created_at }) => ({ name, version, row_count, created_at })),
      total: page.total,
      cursor: page.next_cursor,
    };
  },
});
