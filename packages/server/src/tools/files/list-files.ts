import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import type { ListPage } from '../api/list-page.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Listed {
  readonly name: string;
  readonly size: number;
  readonly kind: string;
  readonly uploaded_at: string;
}

export const listFiles = defineTool({
  name: 'list_files',
  title: 'List files',
  description: 'Files of the project.',
  input: z.strictObject({ limit, cursor }),
  output: z.strictObject({ files: z.array(z.unknown()), total: z.int(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<ListPage<Listed>>('GET', '/workspace/files', { query });
    return {
      files: page.items.map(({ name, size, kind, uploaded_at }) => ({ name, size, kind, uploaded_at })),
      total: page.total,
      cursor: page.next_cursor,
    };
  },
});
