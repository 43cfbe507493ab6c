import { join, resolve } from 'node:path';
import { newId } from './ids.ts';
import { type OperatorPlace, withOperatorStore } from './operator-store.ts';
import { displayOfKey, hashApiKey, newApiKey } from './security/api-key.ts';
import { readSecretFile } from './security/secret-file.ts';
import { secretMark } from './security/secret-mark.ts';
import { endWorkspace } from './services/end-workspace.ts';
import { PLANS, type Plans } from './services/limits/plans.ts';
import { StartError } from './start-error.ts';
import { type Actor, recordAct } from './store/audit.ts';
import { addOwnersKey, lockWorkspaces, makeWorkspace } from './store/make-workspace.ts';
import type { Store } from './store/open-store.ts';
import { tenantOf } from './store/tenant.ts';
import { lastServer } from './store/workers.ts';
import {
  changeWorkspace,
  findWorkspaces,
  isWorkspaceNamed,
  listWorkspaces as listStored,
  lockWorkspace,
  readWorkspace,
  type StoredWorkspace,
} from './store/workspaces.ts';

export interface OperatorOptions extends OperatorPlace {
  /** Those that the servers know; default: the ones as documented. */
  readonly plans?: Plans;
}

export interface WorkspaceToAdd {
  readonly name: string;
  /** Default: `self-hosted`. */
  readonly plan?: string;
  /** What its first project is called; default: `Default`. */
  readonly project?: string;
}

/** A workspace as whoever runs the server sees it. */
export interface OperatedWorkspace {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly createdAt: Date;
  /** null: it is not deleted. */
  readonly deletedAt: Date | null;
  /** Until when its owner can restore it. */
  readonly purgeAt: Date | null;
}

export interface CountedWorkspace extends OperatedWorkspace {
  readonly people: number;
  readonly projects: number;
}

export interface AddedWorkspace extends OperatedWorkspace {
  readonly projectId: string;
  readonly ownerId: string;
  /** The owner's: it is never shown again. */
  readonly key: string;
}

/** All that are not purged, the oldest first. @throws StartError */
export const listWorkspaces = (options: OperatorOptions): Promise<CountedWorkspace[]> =>
  withOperatorStore(options, async (store) => {
    const found = await listStored(store);
    return found.map((one) => ({ ...present(one), people: one.people, projects: one.projects }));
  });

/** Makes a workspace with its first project, its owner and a key of theirs, all or nothing. @throws StartError */
export async function addWorkspace(options: OperatorOptions, wanted: WorkspaceToAdd): Promise<AddedWorkspace> {
  const { plan = 'self-hosted' } = wanted;
  const [name, project] = [nameOf(wanted.name, '--name'), nameOf(wanted.project ?? 'Default', '--project')];
  refuseUnknownPlan(plan, options.plans);
  return withOperatorStore(options, async (store) => {
    const secret = await secretOf(store, options.dataDirectory);
    const key = newApiKey('owner');
    const id = newId('ws');
    return tenantOf(
      store,
      id,
    )(async (tx) => {
      await lockWorkspaces(tx);
      if (await isWorkspaceNamed(tx, name)) {
        throw new StartError(
          `There is a workspace ${JSON.stringify(name)} already: choose another name.`,
          'name_taken',
        );
      }
      const made = await makeWorkspace(tx, { id, name, project, plan });
      await addOwnersKey(
        tx,
        { id: made.ownerId, workspaceId: id },
        { hash: hashApiKey(key, secret), display: displayOfKey(key) },
      );
      await record(tx, id, 'workspace.created', { name, plan });
      return { ...present(await readWorkspace(tx, id)), ...made, key };
    });
  });
}

/** Puts a workspace on a plan, which counts from the next request on. @param which its id, or its name @throws StartError */
export async function setPlan(options: OperatorOptions, which: string, plan: string): Promise<OperatedWorkspace> {
  refuseUnknownPlan(plan, options.plans);
  return withOperatorStore(options, (store) =>
    change(store, which, async (tx, before) => {
      if (before.plan === plan) return before;
      await record(tx, before.id, 'workspace.changed', { plan });
      return changeWorkspace(tx, before.id, { plan });
    }),
  );
}

/**
 * Deletes a workspace, as its owner does: it is purged in 30 days, and can be restored by its owner until then.
 * @param which its id, or its name
 * @param confirm is told which one it is; an answer other than its name changes nothing
 * @throws StartError
 */
export const removeWorkspace = (
  options: OperatorOptions,
  which: string,
  confirm: (workspace: OperatedWorkspace) => Promise<string>,
): Promise<OperatedWorkspace> =>
  withOperatorStore(options, async (store) => {
    const found = await find(store, which);
    if (found.deleted_at !== null) throw alreadyDeleted(found);
    // Outside of the transaction: a person may think about it for long.
    if ((await confirm(present(found))) !== found.name) {
      throw new StartError(`That is not the name of ${found.id}: nothing was changed.`, 'other_name');
    }
    return change(store, found.id, async (tx, before) => {
      if (before.deleted_at !== null) throw alreadyDeleted(before);
      return endWorkspace(tx, operatorIn(before.id), before);
    });
  });

/** Changes a workspace that nobody else changes meanwhile. */
async function change(
  store: Store,
  which: string,
  use: (tx: Store, before: StoredWorkspace) => Promise<StoredWorkspace>,
): Promise<OperatedWorkspace> {
  const { id } = await find(store, which);
  const changed = await tenantOf(
    store,
    id,
  )(async (tx) => {
    await lockWorkspace(tx, id);
    return use(tx, await readWorkspace(tx, id));
  });
  return present(changed);
}

/** @throws StartError when there is none, or more than one */
async function find(store: Store, which: string): Promise<StoredWorkspace> {
  const [found, ...others] = await findWorkspaces(store, which);
  const what = JSON.stringify(which.slice(0, 200));
  if (found === undefined) {
    throw new StartError(`There is no workspace ${what}: \`datamaker workspaces list\` has all.`, 'unknown_workspace');
  }
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ id }) => id).join(', ');
  throw new StartError(`More than one workspace is called ${what}: give the id, one of ${ids}.`, 'ambiguous_name');
}

const alreadyDeleted = ({ id, purge_at }: StoredWorkspace): StartError =>
  new StartError(`${id} is deleted already, and purged after ${purge_at?.toISOString()}.`, 'already_deleted');

/**
 * What servers make hashes of keys with. None is made here: a key of another secret would open nothing.
 * @throws StartError
 */
async function secretOf(store: Store, dataDirectory = '.datamaker'): Promise<string> {
  const folder = resolve(dataDirectory);
  const secret = await readSecretFile(join(folder, 'secret')).catch((error: Error) => {
    throw new StartError(`The data directory ${folder} cannot be used: ${error.message}`);
  });
  const server = await lastServer(store);
  if (secret !== undefined && (server === undefined || server.secret_mark === secretMark(secret))) return secret;
  const where = server === undefined ? 'the server' : `the server on ${server.host}`;
  throw new StartError(
    `The file secret of ${folder} is not that of ${where}: set DATAMAKER_DATA_DIR to its data directory, or copy the file from there.`,
    'other_secret',
  );
}

/** As the API takes names. */
function nameOf(text: string, flag: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= 200 && !/\p{Cc}/u.test(name)) return name;
  throw new StartError(`${flag} is a name of 1 to 200 characters, none of them a control character.`, 'invalid_name');
}

function refuseUnknownPlan(plan: string, plans: Plans = PLANS): void {
  if (Object.hasOwn(plans, plan)) return;
  const known = Object.keys(plans).join(', ');
  throw new StartError(
    `There is no plan ${JSON.stringify(plan.slice(0, 200))}, but ${known}; set DATAMAKER_PLANS as the servers have it.`,
    'unknown_plan',
  );
}

const operatorIn = (workspaceId: string): Actor => ({
  workspaceId,
  projectId: null,
  personId: null,
  keyId: null,
  requestId: null,
});

const record = (tx: Store, id: string, action: string, details: Readonly<Record<string, unknown>>): Promise<void> =>
  recordAct(tx, operatorIn(id), { action, subjectId: id, details });

const present = (workspace: StoredWorkspace): OperatedWorkspace => ({
  id: workspace.id,
  name: workspace.name,
  plan: workspace.plan,
  createdAt: workspace.created_at,
  deletedAt: workspace.deleted_at,
  purgeAt: workspace.purge_at,
});
