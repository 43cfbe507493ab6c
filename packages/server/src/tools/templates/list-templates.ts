import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { cursor, limit, nextCursor } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Page {
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly fields: readonly unknown[];
    readonly updatedAt: string;
  }[];
  readonly next_cursor: string | null;
  readonly total: number;
}

export const listTemplates = defineTool({
  name: 'list_templates',
  title: 'List templates',
  description: 'Templates of the project, newest first.',
  input: z.strictObject({ limit, cursor, name: z.string().min(1).max(200).optional() }),
  output: z.strictObject({
    templates: z.array(
      z.strictObject({ id: z.string(), name: z.string(), version: z.int(), fields: z.int(), updated_at: z.string() }),
    ),
    total: z.int(),
    cursor: nextCursor,
  }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async (query, { api }) => {
    const page = await api.json<Page>('GET', '/templates', { query });
    return {
      templates: page.items.map(({ id, name, version, fields, updatedAt }) => ({
        id,
        name,
        version,
        fields: fields.length,
        updated_at: updatedAt,
      })),
      total: page.total,
      cursor: page.next_cursor,
    };
  },
});
