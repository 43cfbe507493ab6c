import { sql } from 'kysely';
import { recordAct } from './audit.ts';
import type { Store } from './open-store.ts';
import type { Tenant } from './tenant.ts';

/** What is deleted can be restored for so long. */
const KEPT_DAYS = 30;

/** When that is purged which is deleted now. */
export const PURGE_AT = sql<Date>`now() + make_interval(days => ${KEPT_DAYS})`;

/** Most that one transaction takes: a set may have 100 MB of rows, a template a few versions. */
const BATCHES = { template: 500, saved_set: 20, connection: 100, scenario: 100, chat: 20 } as const;

/** What is purged, and what the audit calls it. */
export const PURGED = {
  template: 'template.purged',
  saved_set: 'set.purged',
  connection: 'connection.purged',
  scenario: 'scenario.purged',
  chat: 'chat.purged',
} as const;
type Kind = keyof typeof PURGED;

/**
 * Takes things of a workspace away for good whose time has come, some of them. Any number of servers may do it at once: each
 * takes others, and leaves what somebody is just restoring.
 * @returns whether there may be more
 */
export function purge(tenant: Tenant, workspaceId: string, kind: Kind): Promise<boolean> {
  return tenant(async (tx) => {
    const due = await tx
      .selectFrom(kind)
      .where('purge_at', '<=', sql<Date>`now()`)
      .orderBy('purge_at')
      .limit(BATCHES[kind])
      .select(['id', 'project_id', 'version', 'deleted_at'])
      .forUpdate()
      .skipLocked()
      .execute();
    if (due.length === 0) return false;
    const ids = due.map(({ id }) => id);
    const names = await namesOf(tx, kind, ids);
    for (const { id, project_id: projectId, version, deleted_at } of due) {
      const details = { name: names.get(id) ?? null, version, deleted_at: deleted_at?.toISOString() ?? null };
      const nobody = { workspaceId, projectId, personId: null, keyId: null, requestId: null };
      await recordAct(tx, nobody, { action: PURGED[kind], subjectId: id, details });
    }
    // Versions of sets and scenarios go with them, and what was said in chats.
    if (kind === 'template') await tx.deleteFrom('template_version').where('template_id', 'in', ids).execute();
    if (kind === 'connection') await removeSecretsOf(tx, ids);
    await tx.deleteFrom(kind).where('id', 'in', ids).execute();
    return due.length === BATCHES[kind];
  });
}

/** What connections have of their own. */
const removeSecretsOf = async (tx: Store, ids: readonly string[]): Promise<void> =>
  void (await tx
    .deleteFrom('secret')
    .where('kind', '=', 'connection')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('connection')
        .where('id', 'in', [...ids])
        .where('secret_id', 'is not', null)
        .select((one) => one.ref('secret_id').$notNull().as('secret_id')),
    )
    .execute());

async function namesOf(tx: Store, kind: Kind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found =
    kind !== 'template'
      ? await tx.selectFrom(kind).where('id', 'in', ids).select(['id', 'name']).execute()
      : await tx
          .selectFrom('template')
          .innerJoin('template_version', (join) =>
            join
              .onRef('template_version.template_id', '=', 'template.id')
              .onRef('template_version.version', '=', 'template.version'),
          )
          .where('template.id', 'in', ids)
          .select(['template.id', 'template_version.name'])
          .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
