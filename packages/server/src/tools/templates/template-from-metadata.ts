import { z } from 'zod';
import { ADDS_FROM_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { connectionId } from '../fields.ts';
import { defineTool } from '../tool.ts';
import { type StoredTemplate, savedTemplate, shorten } from './saved-template.ts';

interface Made {
  readonly templates: readonly {
    readonly table: { readonly schema: string; readonly name: string };
    readonly template: StoredTemplate;
    readonly notices: readonly unknown[];
  }[];
  readonly leftOut: readonly unknown[];
}

export const templateFromMetadata = defineTool({
  name: 'template_from_metadata',
  title: 'Templates of tables',
  description: 'Makes and saves templates of tables or entity sets of a connection, with their references.',
  input: z.strictObject({
    connection: connectionId,
    tables: z.array(z.string().min(1).max(512)).min(1).max(200).optional(),
    schema: z.string().max(512).optional(),
    references: z.enum(['templates', 'rows', 'none']).optional(),
    rows: z.int().min(1).max(1_000_000_000).optional(),
  }),
  output: z.strictObject({
    templates: z.array(savedTemplate.extend({ table: z.string(), notices: z.array(z.unknown()) })),
    left_out: z.array(z.unknown()),
  }),
  annotations: ADDS_FROM_OUTSIDE,
  risk: 'write',
  permission: 'write',
  readsForeignData: true,
  call: async ({ connection, ...body }, { api }) => {
    const made = await api.json<Made>('POST', at`/connections/${connection}/templates`, { body });
    return {
      templates: made.templates.map(({ table, template, notices }) => ({
        ...shorten(template),
        table: [table.schema, table.name].filter(Boolean).join('.'),
        notices: [...notices],
      })),
      left_out: [...made.leftOut],
    };
  },
});
