import { ApiError, validationError } from '../errors.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { findPerson } from '../store/people.ts';
import type { Tenant } from '../store/tenant.ts';
import { lockWorkspace, readWorkspace, restoreWorkspace, type StoredWorkspace } from '../store/workspaces.ts';
import { endWorkspace } from './end-workspace.ts';

/** Use-cases of the end of a workspace. */
export class WorkspaceEndService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;

  constructor(tenant: Tenant, principal: Principal) {
    this.#tenant = tenant;
    this.#principal = principal;
  }

  /**
   * Deletes the workspace, to be purged later. Its runs end, sessions and invites go; keys and schedules do nothing while it is deleted.
   * @param name as it is now: who gives it knows which one goes
   * @throws ApiError validation_error, forbidden, workspace_deleted
   */
  delete(name: string): Promise<StoredWorkspace> {
    return this.#tenant(async (tx) => {
      const before = await this.#hold(tx);
      if (before.deleted_at !== null) throw new ApiError('workspace_deleted', 'the workspace is deleted already');
      if (name !== before.name) {
        const message = 'that is not the name of the workspace';
        throw validationError([
          { code: 'other_name', pointer: '/name', message, hint: 'GET /workspace tells which one the key is for' },
        ]);
      }
      return endWorkspace(tx, this.#principal, before);
    });
  }

  /** Takes a deletion back; fine when there is none. @throws ApiError unauthorized, when the workspace is just being purged */
  restore(): Promise<StoredWorkspace> {
    return this.#tenant(async (tx) => {
      const before = await this.#hold(tx);
      if (before.deleted_at === null) return before;
      const restored = await restoreWorkspace(tx, before.id);
      if (restored === undefined) throw new ApiError('unauthorized', 'the workspace is purged');
      await this.#record(tx, 'workspace.restored', { name: restored.name });
      return restored;
    });
  }

  /** The workspace, of which nobody else changes roles. @throws ApiError forbidden for who is no owner any more */
  async #hold(tx: Store): Promise<StoredWorkspace> {
    const { workspaceId, personId } = this.#principal;
    await lockWorkspace(tx, workspaceId);
    if ((await findPerson(tx, workspaceId, personId))?.role !== 'owner') {
      throw new ApiError('forbidden', 'that needs the role owner');
    }
    return readWorkspace(tx, workspaceId);
  }

  #record(tx: Store, action: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const subjectId = this.#principal.workspaceId;
    return recordAct(tx, this.#principal, { action, subjectId, projectId: null, details });
  }
}
