import { z } from 'zod';
import { ADDS } from '../annotations.ts';
import { defineTool } from '../tool.ts';
import { type StoredTemplate, savedTemplate, shorten } from './saved-template.ts';

interface Imported {
  readonly templates: readonly Record<string, unknown>[];
  readonly notices: readonly unknown[];
}

export const templateFromSchema = defineTool({
  name: 'template_from_schema',
  title: 'Templates of a schema',
  description:
    'Makes templates of a CSV, DDL (CREATE TABLE), JSON Schema, OpenAPI, OData $metadata or JSON sample and saves them, unless save is false.',
  input: z.strictObject({
    source: z.string().min(1).max(1_000_000),
    kind: z.string().max(40).optional(),
    entity: z.string().max(512).optional(),
    save: z.boolean().default(true),
  }),
  output: z.strictObject({
    saved: z.array(savedTemplate),
    templates: z.array(z.record(z.string(), z.unknown())),
    notices: z.array(z.unknown()),
  }),
  annotations: ADDS,
  risk: 'write',
  permission: 'write',
  readsForeignData: true,
  call: async ({ save, ...body }, { api, progress }) => {
    const { templates, notices } = await api.json<Imported>('POST', '/templates/import', { body });
    if (!save) return { saved: [], templates: [...templates], notices: [...notices] };
    const saved: z.output<typeof savedTemplate>[] = [];
    for (const template of templates) {
      saved.push(shorten(await api.json<StoredTemplate>('POST', '/templates', { body: template })));
      progress(saved.length, templates.length, 'templates are saved');
    }
    return { saved, templates: [], notices: [...notices] };
  },
});
