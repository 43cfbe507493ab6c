import type { Selectable } from 'kysely';
import { newId } from '../ids.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** What somebody did. */
export interface Act {
  /** `template.created` and the like. */
  readonly action: string;
  readonly subjectId?: string;
  readonly projectId?: string;
  /** Nothing secret, and no values of sensitive fields. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export type StoredAct = Selectable<Schema['audit_entry']>;

export interface AuditFilter {
  readonly before?: string | undefined;
  readonly action?: string | undefined;
  readonly personId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Notes an act, in the transaction of the act itself: there is no one without the other. */
export async function recordAct(tx: Store, principal: Principal, act: Act): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      id: newId('aud'),
      workspace_id: principal.workspaceId,
      project_id: act.projectId ?? principal.projectId,
      person_id: principal.personId,
      credential_id: principal.keyId,
      action: act.action,
      subject_id: act.subjectId ?? null,
      details: JSON.stringify(act.details ?? {}),
      request_id: principal.requestId,
    })
    .execute();
}

/** Acts in a workspace, the newest first, those before `before` in their order. */
export async function listActs(
  tx: Store,
  workspaceId: string,
  limit: number,
  filter: AuditFilter,
): Promise<StoredAct[]> {
  let query = tx
    .selectFrom('audit_entry')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('ordinal', 'desc')
    .limit(limit);
  if (filter.before !== undefined) query = query.where('ordinal', '<', filter.before);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('at', '<', filter.to);
  return query.execute();
}
