import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** Templates of a project that are among `ids`; no others can change them until the transaction ends. */
export async function holdTemplates(tx: Store, projectId: string, ids: readonly string[]): Promise<string[]> {
  const held = await tx
    .selectFrom('template')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .select('id')
    .forUpdate()
    .execute();
  return held.map(({ id }) => id);
}

/** A template that has rows of another in its own. */
export interface Nesting {
  readonly outer: string;
  readonly inner: string;
}

/** Which templates of a project have which in them, at their newest version. */
export async function nestings(tx: Store, projectId: string): Promise<readonly Nesting[]> {
  const { rows } = await sql<Nesting>`
    SELECT DISTINCT template.id AS outer, split_part(inner_id #>> '{}', '@', 1) AS inner
      FROM template
      JOIN template_version ON template_version.template_id = template.id AND template_version.version = template.version
      CROSS JOIN LATERAL jsonb_path_query(
        template_version.document::jsonb, '$.** ? (@.type == "template").options.template_id') AS inner_id
     WHERE template.project_id = ${projectId} AND template.deleted_at IS NULL`.execute(tx);
  return rows;
}

export async function moveTemplates(tx: Store, ids: readonly string[], projectId: string): Promise<void> {
  await tx
    .updateTable('template')
    .set({ project_id: projectId, updated_at: sql`now()` })
    .where('id', 'in', [...ids])
    .execute();
}
