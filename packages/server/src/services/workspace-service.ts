import { ApiError, conflict, validationError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import { allows } from '../security/permissions.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import { holdNamed, isNameTaken, moveNamed, type Named, namesTaken } from '../store/move-named.ts';
import { holdTemplates, moveTemplates, nestings } from '../store/move-templates.ts';
import {
  addProject,
  closeProject,
  countProjects,
  deleteProject,
  holdProject,
  isEmpty,
  listProjects,
  type ProjectScope,
  readProject,
  renameProject,
  type StoredProject,
} from '../store/projects.ts';
import type { Tenant } from '../store/tenant.ts';
import {
  changeWorkspace,
  lockWorkspace,
  readWorkspace,
  type StoredWorkspace,
  type WorkspaceChange,
} from '../store/workspaces.ts';
import type { PlanChanges } from './limits/plan-changes.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';

/** Use-cases of a workspace and its projects. */
export class WorkspaceService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
  }

  /** A key for one project sees that one. */
  get #scope(): ProjectScope {
    const { workspaceId, onlyProject, projectId } = this.#principal;
    return { workspaceId, projectId: onlyProject ? projectId : undefined };
  }

  read(): Promise<StoredWorkspace> {
    return this.#tenant((tx) => readWorkspace(tx, this.#principal.workspaceId));
  }

  /**
   * @param planChanges who puts workspaces on plans; the plan that it is on already is no change
   * @throws ApiError forbidden, for a plan from somebody who may not choose one; validation_error
   */
  change(change: WorkspaceChange, planChanges: PlanChanges = 'owners'): Promise<StoredWorkspace> {
    refuseNothing(change, 'name` or `plan');
    if (change.plan !== undefined && !allows(this.#principal, 'own')) {
      throw new ApiError('forbidden', 'the plan is for owners to change');
    }
    return this.#tenant(async (tx) => {
      if (change.plan !== undefined && planChanges === 'operator') {
        // As it is until the end: a plan that is just being given is not taken back.
        await lockWorkspace(tx, this.#principal.workspaceId);
        const { plan } = await readWorkspace(tx, this.#principal.workspaceId);
        if (plan !== change.plan) throw keptByOperator();
      }
      const workspace = await changeWorkspace(tx, this.#principal.workspaceId, change);
      await recordAct(tx, this.#principal, {
        action: 'workspace.changed',
        subjectId: workspace.id,
        projectId: null,
        details: { ...change },
      });
      return workspace;
    });
  }

  listProjects(limit: number, cursor: string | undefined): Promise<Page<StoredProject>> {
    const scope = `projects\0${this.#principal.workspaceId}\0${this.#scope.projectId ?? ''}`;
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope, limit, cursor },
        (most, before) => listProjects(tx, this.#scope, most, before),
        () => countProjects(tx, this.#scope),
      ),
    );
  }

  createProject(name: string): Promise<StoredProject> {
    return this.#tenant(async (tx) => {
      const project = await addProject(tx, newId('proj'), this.#principal.workspaceId, name);
      await this.#record(tx, 'project.created', project.id, { name });
      return project;
    });
  }

  /** @throws ApiError not_found */
  async readProject(id: string): Promise<StoredProject> {
    return (await this.#tenant((tx) => readProject(tx, this.#scope, id))) ?? missing('project', id);
  }

  /** @throws ApiError not_found */
  async renameProject(id: string, name: string): Promise<StoredProject> {
    const renamed = await this.#tenant(async (tx) => {
      const project = await renameProject(tx, this.#principal.workspaceId, id, name);
      if (project !== undefined) await this.#record(tx, 'project.renamed', id, { name });
      return project;
    });
    return renamed ?? missing('project', id);
  }

  /** Deletes a project with nothing in it; never the last one. @throws ApiError not_found, conflict */
  async deleteProject(id: string): Promise<void> {
    const { workspaceId } = this.#principal;
    await this.#tenant(async (tx) => {
      // Two last projects that are deleted at once would leave none.
      await lockWorkspace(tx, workspaceId);
      if ((await closeProject(tx, this.#scope, id)) === undefined) missing('project', id);
      if (!(await isEmpty(tx, id))) {
        throw conflict('project_not_empty', 'something is in the project', 'move or delete it first');
      }
      if ((await countProjects(tx, { workspaceId })) === 1) {
        throw conflict('last_project', 'it is the only project of the workspace', 'create another one first');
      }
      await deleteProject(tx, id);
      await this.#record(tx, 'project.deleted', id);
    });
  }

  /**
   * Moves templates from the project of the request to another of the workspace, all or none; those that have rows of each
   * other in them only together.
   * @throws ApiError not_found, conflict
   */
  async moveTemplates(ids: readonly string[], targetId: string): Promise<void> {
    const { projectId } = this.#principal;
    await this.#tenant(async (tx) => {
      if ((await holdProject(tx, this.#scope, targetId)) === undefined) missing('project', targetId);
      const held = new Set(await holdTemplates(tx, projectId, ids));
      const absent = ids.find((id) => !held.has(id));
      if (absent !== undefined) missing('template', absent);
      if (targetId === projectId) return;
      const torn = (await nestings(tx, projectId)).find(({ outer, inner }) => held.has(outer) !== held.has(inner));
      if (torn !== undefined) {
        throw conflict(
          'nested_template',
          `${torn.outer} has rows of ${torn.inner} in its own`,
          'move both in one request',
        );
      }
      await moveTemplates(tx, ids, targetId);
      for (const id of held) {
        await this.#record(tx, 'template.moved', id, { from: projectId, to: targetId }, targetId);
      }
    });
  }

  /**
   * Moves sets or files from the project of the request to another of the workspace, all or none.
   * @throws ApiError not_found; conflict that says which names are taken there
   */
  async moveNamed(kind: Named, given: readonly string[], targetId: string): Promise<void> {
    const { workspaceId, projectId } = this.#principal;
    const names = [...new Set(given)];
    const move = this.#tenant(async (tx) => {
      if ((await holdProject(tx, this.#scope, targetId)) === undefined) missing('project', targetId);
      const held = await holdNamed(tx, kind, { workspaceId, projectId }, names);
      const absent = names.find((name) => !held.has(name));
      if (absent !== undefined) missing(kind, absent);
      if (targetId === projectId) return;
      const taken = await namesTaken(tx, kind, targetId, names);
      if (taken.length > 0) throw namesAreTaken(kind, given, taken);
      await moveNamed(tx, kind, [...held.values()], targetId);
      for (const [name, id] of held) {
        await this.#record(tx, `${kind}.moved`, id, { name, from: projectId, to: targetId }, targetId);
      }
    });
    await move.catch((error: unknown) => {
      throw isNameTaken(error) ? namesAreTaken(kind, given, given) : error;
    });
  }

  #record(
    tx: Parameters<typeof recordAct>[0],
    action: string,
    subjectId: string,
    details: Readonly<Record<string, unknown>> = {},
    projectId = subjectId,
  ): Promise<void> {
    return recordAct(tx, this.#principal, { action, subjectId, projectId, details });
  }
}

function keptByOperator(): ApiError {
  const message = 'whoever runs the server puts workspaces on plans';
  const hint = 'ask them: `datamaker workspaces plan` does it';
  return new ApiError('forbidden', message, [{ code: 'plan_of_operator', pointer: '/plan', message, hint }]);
}

/** @throws ApiError validation_error when there is nothing to change */
export function refuseNothing(change: object, names: string): void {
  if (Object.values(change).some((value) => value !== undefined)) return;
  const message = 'the request changes nothing';
  throw validationError([{ code: 'nothing_to_change', pointer: '', message, hint: `give \`${names}\`` }]);
}

/** @param given in the order of the request */
function namesAreTaken(kind: Named, given: readonly string[], taken: readonly string[]): ApiError {
  const diagnostics = given.flatMap((name, index) => {
    if (!taken.includes(name)) return [];
    const message = `the other project has a ${kind} ${JSON.stringify(name)}`;
    return [{ code: 'name_taken', pointer: `/${kind}s/${index}`, message, hint: 'delete that one, or leave this one' }];
  });
  return new ApiError('conflict', diagnostics[0]?.message ?? 'a name is taken', diagnostics);
}
