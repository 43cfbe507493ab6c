import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { newId } from '../ids.ts';
import type { Principal } from './keys.ts';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** What somebody did. */
export interface Act {
  /** `template.created` and the like. */
  readonly action: string;
  readonly subjectId?: string;
  /** Default: the one that the request works in; null: none. */
  readonly projectId?: string | null;
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

/** Who did it, with which key or session, in which request. */
export type Actor = Pick<Principal, 'workspaceId'> & {
  /** null: no request, but a command, or what the server does of itself. */
  readonly requestId: string | null;
  readonly projectId: string | null;
  readonly personId: string | null;
  readonly keyId: string | null;
};

/** Notes an act, in the transaction of the act itself: there is no one without the other. */
export async function recordAct(tx: Store, actor: Actor, act: Act): Promise<void> {
  await tx.insertInto('audit_entry').values(entryOf(actor, act)).execute();
}

/**
 * Notes acts in one workspace, in one statement that is a transaction of its own. It names the workspace as a transaction of a
 * tenant does (`tenant.ts`), as the first of its source rows is made: before the rule of rows looks at what is inserted.
 */
export async function recordActs(
  store: Store,
  workspaceId: string,
  acts: readonly { readonly actor: Actor; readonly act: Act }[],
): Promise<void> {
  const entries = acts.map(({ actor, act }) => entryOf(actor, act));
  const all = (name: keyof ReturnType<typeof entryOf>) => entries.map((entry) => entry[name]);
  await sql`
    INSERT INTO audit_entry (id, workspace_id, project_id, person_id, credential_id, action, subject_id, details, request_id)
    SELECT id, set_config('datamaker.workspace', ${workspaceId}, true), project_id, person_id, credential_id, action,
           subject_id, details::json, request_id
      FROM unnest(${all('id')}::text[], ${all('project_id')}::text[], ${all('person_id')}::text[],
                  ${all('credential_id')}::text[], ${all('action')}::text[], ${all('subject_id')}::text[],
                  ${all('details')}::text[], ${all('request_id')}::text[])
        AS entry (id, project_id, person_id, credential_id, action, subject_id, details, request_id)`.execute(store);
}

const entryOf = (actor: Actor, act: Act) => ({
  id: newId('aud'),
  workspace_id: actor.workspaceId,
  project_id: act.projectId === undefined ? actor.projectId : act.projectId,
  person_id: actor.personId,
  credential_id: actor.keyId,
  action: act.action,
  subject_id: act.subjectId ?? null,
  details: JSON.stringify(act.details ?? {}),
  request_id: actor.requestId,
});

/** Acts in a workspace, the newest first, those before the one with the ordinal `before`. */
export function listActs(tx: Store, workspaceId: string, limit: number, filter: AuditFilter): Promise<StoredAct[]> {
  return newestFirst(tx, workspaceId, filter).selectAll().limit(limit).execute();
}

/** Counting all of a million takes longer than showing some of them. */
const MOST_COUNTED = 10_000;

/** How many there are, at most `MOST_COUNTED`. */
export async function countActs(tx: Store, workspaceId: string, filter: AuditFilter): Promise<number> {
  const { total } = await tx
    .selectFrom(newestFirst(tx, workspaceId, filter).select('ordinal').limit(MOST_COUNTED).as('counted'))
    .select(sql<string>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** In order also where they are only counted: then PostgreSQL reads an index, where it would else read the whole entries. */
function newestFirst(tx: Store, workspaceId: string, filter: AuditFilter) {
  let query = tx.selectFrom('audit_entry').where('workspace_id', '=', workspaceId);
  if (filter.before !== undefined) {
    // Entries stay, so the one that a page ended with is there. Compared as a pair, the place is found in an index at once.
    query = query.where(
      sql<boolean>`(at, ordinal) < ((SELECT at FROM audit_entry WHERE ordinal = ${filter.before}), ${filter.before})`,
    );
  }
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('at', '<', filter.to);
  return query.orderBy('at', 'desc').orderBy('ordinal', 'desc');
}
