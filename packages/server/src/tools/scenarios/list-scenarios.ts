import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import type { ListPage } from '../api/list-page.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly updated_at: string;
}

export const listScenarios = defineTool({
  name: 'list_scenarios',
  title: 'List scenarios',
  description: 'Python scripts of the project.',
  input: z.strictObject({ limit, cursor }),
  output: z.strictObject({ scenarios: z.array(z.unknown()), total: z.int(), cursor: nextCursor }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<ListPage<Listed>>('GET', '/scenarios', { query });
    return {
      scenarios: page.items.map(({ id, name, version, updated_at }) => ({ id, name, version, updated_at })),
      total: page.total,
      cursor: page.next_cursor,
    };
  },
});
