import { deflateSync } from 'node:zlib';
import type { Table } from '@datamaker/connectors';
import { columnOf } from '../../../../connectors/src/testing/column-of.ts';
import { tableOf } from '../../../../connectors/src/testing/table-of.ts';
import { newId } from '../../ids.ts';
import { deletedNow, nextNumber, type Place, type Workshop } from './place.ts';

/** The one table that each system has. */
export const MARKED_TABLE = 'marked';

export async function makeConnection(shop: Workshop, place: Place, isDeleted: boolean): Promise<string> {
  const { workspaceId: workspace_id, projectId: project_id, mark, personId } = place;
  const id = newId('conn');
  const { url, user, password } = shop.target;
  const secret = await shop.store.transaction().execute((tx) => {
    const about = { workspace_id, project_id: null, kind: 'connection', name: id } as const;
    return shop.vault.add(tx, about, JSON.stringify({ password }), personId);
  });
  const catalogue = JSON.stringify({ tables: [markedTable(mark)], notices: [] });
  await shop.store
    .insertInto('connection')
    .values({
      id,
      workspace_id,
      project_id,
      name: `${mark} ${nextNumber()}`,
      type: 'postgres',
      config: JSON.stringify({
        url,
        auth: { type: 'basic', username: user },
        options: { tls: { mode: 'disable' }, schemas: ['public'] },
      }),
      read_only: false,
      secret_id: secret?.id ?? null,
      catalogue: deflateSync(catalogue),
      catalogue_names: JSON.stringify([mark]),
      catalogue_at: new Date(),
      created_by: personId,
      updated_by: personId,
      ...(isDeleted ? deletedNow() : {}),
    })
    .execute();
  return id;
}

/** Says which columns the fields of a template go into. */
export async function makeMapping(shop: Workshop, templateId: string, connectionId: string): Promise<void> {
  const { workspace_id } = await shop.store
    .selectFrom('connection')
    .where('id', '=', connectionId)
    .select('workspace_id')
    .executeTakeFirstOrThrow();
  await shop.store
    .insertInto('column_mapping')
    .values({
      template_id: templateId,
      connection_id: connectionId,
      workspace_id,
      table_schema: 'public',
      table_name: MARKED_TABLE,
      columns: '{"mark":"mark"}',
      updated_by: 'usr_x',
    })
    .execute();
}

const markedTable = (mark: string): Table => tableOf(MARKED_TABLE, [columnOf('mark')], { comment: mark });
