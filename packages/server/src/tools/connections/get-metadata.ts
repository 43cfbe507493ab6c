import { z } from 'zod';
import { LOOKS_OUTSIDE } from '../annotations.ts';
import { at } from '../api/api.ts';
import { connectionId } from '../fields.ts';
import { defineTool } from '../tool.ts';

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
}

interface Metadata {
  readonly tables: readonly Table[];
  readonly notices: readonly unknown[];
  readonly readAt: string;
}

/** Systems with thousands of tables have some 20 MB of metadata. */
const MOST_BYTES = 64 * 1024 * 1024;

const inShort = ({ schema, name, columns }: Table) => ({ schema, name, columns: columns.map((one) => one.name) });

export const getMetadata = defineTool({
  name: 'get_metadata',
  title: 'Tables of a connection',
  description: 'Tables or entity sets with names of their columns; with `table`, all about that one.',
  input: z.strictObject({
    connection: connectionId,
    table: z.string().min(1).max(512).optional(),
    schema: z.string().max(512).optional(),
    refresh: z.boolean().optional(),
  }),
  output: z.strictObject({
    tables: z.array(z.unknown()),
    total: z.int(),
    notices: z.array(z.unknown()),
    read_at: z.string(),
  }),
  annotations: LOOKS_OUTSIDE,
  risk: 'read',
  permission: 'read',
  readsForeignData: true,
  call: async ({ connection, table, schema, refresh }, { api }) => {
    const query = { table, schema, refresh: refresh === true ? 'true' : undefined };
    const found = await api.json<Metadata>('GET', at`/connections/${connection}/metadata`, { query, most: MOST_BYTES });
    const tables = table === undefined ? found.tables.map(inShort) : [...found.tables];
    return { tables, total: tables.length, notices: [...found.notices], read_at: found.readAt };
  },
});
