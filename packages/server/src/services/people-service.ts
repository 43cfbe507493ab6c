import { ApiError, conflict } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import { isAtMost, type Role } from '../security/permissions.ts';
import { hashToken, newToken } from '../security/token.ts';
import { recordAct } from '../store/audit.ts';
import { addInvite, countInvites, listInvites, type StoredInvite, withdrawInvite } from '../store/invites.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import {
  changePerson,
  countPeople,
  findPerson,
  listPeople,
  type PersonChange,
  removePerson,
  type StoredPerson,
} from '../store/people.ts';
import type { Tenant } from '../store/tenant.ts';
import { lockWorkspace } from '../store/workspaces.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';
import { refuseLimited } from './refuse-limited.ts';

/** Use-cases of the people of a workspace and of invites to it. */
export class PeopleService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
  }

  list(limit: number, cursor: string | undefined): Promise<Page<StoredPerson>> {
    const { workspaceId } = this.#principal;
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope: `people\0${workspaceId}`, limit, cursor },
        (most, before) => listPeople(tx, workspaceId, most, before),
        () => countPeople(tx, workspaceId),
      ),
    );
  }

  /** @throws ApiError not_found */
  async read(id: string): Promise<StoredPerson> {
    const { workspaceId } = this.#principal;
    return (await this.#tenant((tx) => findPerson(tx, workspaceId, id))) ?? missing('person', id);
  }

  /** Gives a person another role, never one above one's own. @throws ApiError not_found, forbidden, conflict */
  async setRole(id: string, role: Role): Promise<StoredPerson> {
    refuseLimited(this.#principal, 'gives no role');
    return this.#tenant(async (tx) => {
      const person = await this.#hold(tx, id);
      await this.#refuseAbove(tx, role);
      if (person.role === role) return person;
      if (person.role === 'owner') await this.#refuseLastOwner(tx);
      const changed = await changePerson(tx, this.#principal.workspaceId, id, { role });
      await this.#record(tx, 'person.role_changed', id, { from: person.role, to: role });
      return changed ?? missing('person', id);
    });
  }

  /** Changes what somebody says of themselves. */
  async changeSelf(change: Pick<PersonChange, 'name'>): Promise<StoredPerson> {
    const { workspaceId, personId } = this.#principal;
    return this.#tenant(async (tx) => {
      const changed = await changePerson(tx, workspaceId, personId, change);
      await this.#record(tx, 'person.changed', personId, { ...change });
      return changed ?? missing('person', personId);
    });
  }

  /** Lets a person go, with keys and sessions. @throws ApiError not_found, forbidden, conflict */
  async remove(id: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const person = await this.#hold(tx, id);
      if (person.role === 'owner') await this.#refuseLastOwner(tx);
      await removePerson(tx, id);
      await this.#record(tx, 'person.removed', id, { role: person.role });
    });
  }

  /** @returns the invite, and its token, which is not to be had again */
  async invite(role: Role, email: string | null, days: number, pepper: string): Promise<[StoredInvite, string]> {
    refuseLimited(this.#principal, 'invites nobody');
    const { workspaceId, personId } = this.#principal;
    const token = newToken('invite');
    const invite = await this.#tenant(async (tx) => {
      await lockWorkspace(tx, workspaceId);
      await this.#refuseAbove(tx, role);
      const hash = hashToken('invite', token, pepper);
      const added = await addInvite(tx, {
        id: newId('inv'),
        workspaceId,
        role,
        email,
        hash,
        createdBy: personId,
        days,
      });
      await this.#record(tx, 'invite.created', added.id, { role, email });
      return added;
    });
    return [invite, token];
  }

  listInvites(limit: number, cursor: string | undefined): Promise<Page<StoredInvite>> {
    const { workspaceId } = this.#principal;
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope: `invites\0${workspaceId}`, limit, cursor },
        (most, before) => listInvites(tx, workspaceId, most, before),
        () => countInvites(tx, workspaceId),
      ),
    );
  }

  /** @throws ApiError not_found */
  async withdrawInvite(id: string): Promise<void> {
    await this.#tenant(async (tx) => {
      if (!(await withdrawInvite(tx, this.#principal.workspaceId, id))) missing('invite', id);
      await this.#record(tx, 'invite.withdrawn', id);
    });
  }

  /** A person whom one may change, while nobody else changes roles. @throws ApiError not_found, forbidden */
  async #hold(tx: Store, id: string): Promise<StoredPerson> {
    await lockWorkspace(tx, this.#principal.workspaceId);
    const person = (await findPerson(tx, this.#principal.workspaceId, id)) ?? missing('person', id);
    await this.#refuseAbove(tx, person.role);
    return person;
  }

  /** By the role that one has now, which may have changed since the request came. @throws ApiError forbidden */
  async #refuseAbove(tx: Store, role: Role): Promise<void> {
    const own = await findPerson(tx, this.#principal.workspaceId, this.#principal.personId);
    if (own === undefined || !isAtMost('admin', own.role)) {
      throw new ApiError('forbidden', 'that needs the role admin or more');
    }
    if (isAtMost(role, own.role)) return;
    throw new ApiError('forbidden', `the role ${role} is above yours`);
  }

  /** @throws ApiError conflict */
  async #refuseLastOwner(tx: Store): Promise<void> {
    if ((await countPeople(tx, this.#principal.workspaceId, 'owner')) > 1) return;
    throw conflict('last_owner', 'a workspace keeps at least one owner', 'make somebody else an owner first');
  }

  #record(tx: Store, action: string, subjectId: string, details: Readonly<Record<string, unknown>> = {}) {
    return recordAct(tx, this.#principal, { action, subjectId, projectId: null, details });
  }
}
