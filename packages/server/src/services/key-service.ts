import { ApiError, validationError } from '../errors.ts';
import { newId } from '../ids.ts';
import { displayOfKey, hashApiKey, newApiKey } from '../security/api-key.ts';
import type { Cursors } from '../security/cursor.ts';
import { isAtMost, isWithin, type Scope } from '../security/permissions.ts';
import {
  addKey,
  countKeys,
  endKeyIn,
  findKey,
  type KeyScope,
  listKeys,
  renameKey,
  revokeKey,
  type StoredKey,
} from '../store/api-keys.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { findPerson } from '../store/people.ts';
import { holdProject } from '../store/projects.ts';
import { passSchedulesOn } from '../store/scenario-schedules.ts';
import type { Tenant } from '../store/tenant.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';

/** What a new key shall be. */
export interface KeyRequest {
  readonly name: string;
  /** null: for all of the workspace. */
  readonly projectId: string | null;
  readonly readOnly: boolean;
  /** What it is for; null: all that the key is for with which it is made. */
  readonly scopes: readonly Scope[] | null;
  readonly expiresAt: Date | null;
}

/** Use-cases of API keys. People see their own; administrators see all. */
export class KeyService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #pepper: string;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, pepper: string) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
    this.#pepper = pepper;
  }

  get #scope(): KeyScope {
    const { workspaceId, personId, onlyProject, projectId } = this.#principal;
    return {
      workspaceId,
      personId: isAtMost('admin', this.#principal.role) ? undefined : personId,
      projectId: onlyProject ? projectId : undefined,
    };
  }

  list(limit: number, cursor: string | undefined): Promise<Page<StoredKey>> {
    const { workspaceId, personId, projectId } = this.#scope;
    const scope = ['keys', workspaceId, personId ?? '', projectId ?? ''].join('\0');
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope, limit, cursor },
        (most, before) => listKeys(tx, this.#scope, most, before),
        () => countKeys(tx, this.#scope),
      ),
    );
  }

  /** @throws ApiError not_found */
  async read(id: string): Promise<StoredKey> {
    return (await this.#tenant((tx) => findKey(tx, this.#scope, id))) ?? missing('key', id);
  }

  /**
   * Makes a key; with a key no other is made that could do more or would last longer.
   * @returns the key as it is listed, and the key itself, which is not to be had again
   * @throws ApiError not_found, validation_error
   */
  async create(request: KeyRequest): Promise<[StoredKey, string]> {
    const { onlyProject, projectId: own } = this.#principal;
    const projectId = request.projectId ?? (onlyProject ? own : null);
    if (onlyProject && projectId !== own) missing('project', projectId ?? '');
    const expiresAt = this.#checkExpiry(request.expiresAt);
    const scopes = this.#checkScopes(request.scopes ?? this.#principal.scopes);
    return this.#tenant(async (tx) => {
      const made = await this.#add(tx, { ...request, projectId, expiresAt, scopes });
      await this.#record(tx, 'key.created', made[0], { readOnly: request.readOnly, scopes, expiresAt });
      return made;
    });
  }

  /** @throws ApiError not_found, forbidden */
  async rename(id: string, name: string): Promise<StoredKey> {
    return this.#tenant(async (tx) => {
      await this.#hold(tx, id);
      const renamed = await renameKey(tx, id, name);
      await this.#record(tx, 'key.renamed', renamed, { name });
      return renamed;
    });
  }

  /** From the next request on, in every process. @throws ApiError not_found, forbidden */
  async revoke(id: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const key = await this.#hold(tx, id);
      await revokeKey(tx, id);
      await this.#record(tx, 'key.revoked', key);
    });
  }

  /**
   * Makes a key like one of one's own, which still works for some hours; schedules go on with the new one.
   * @returns the new key, the new key itself, and the old one as it is now
   * @throws ApiError not_found, forbidden
   */
  async rotate(id: string, overlapHours: number): Promise<[StoredKey, string, StoredKey]> {
    return this.#tenant(async (tx) => {
      const old = await this.#hold(tx, id);
      if (old.person_id !== this.#principal.personId) {
        throw new ApiError('forbidden', 'a key carries the role of whoever makes it: only its holder can make it anew');
      }
      const [made, key] = await this.#add(tx, {
        name: old.name,
        projectId: old.project_id,
        readOnly: old.read_only,
        scopes: this.#checkScopes(old.scopes),
        expiresAt: this.#checkExpiry(old.expires_at),
      });
      await passSchedulesOn(tx, id, made.id);
      const ending = await endKeyIn(tx, id, overlapHours);
      await this.#record(tx, 'key.rotated', old, { to: made.id, overlapHours });
      return [made, key, ending];
    });
  }

  async #add(tx: Store, request: KeyRequest): Promise<[StoredKey, string]> {
    const { workspaceId, personId } = this.#principal;
    const { projectId } = request;
    if (projectId !== null && (await holdProject(tx, { workspaceId }, projectId)) === undefined) {
      missing('project', projectId);
    }
    const person = (await findPerson(tx, workspaceId, personId)) ?? missing('person', personId);
    const key = newApiKey(person.role);
    const stored = await addKey(tx, {
      ...request,
      id: newId('key'),
      workspaceId,
      personId,
      hash: hashApiKey(key, this.#pepper),
      display: displayOfKey(key),
    });
    return [stored, key];
  }

  /** A key that one may change. @throws ApiError not_found, forbidden */
  async #hold(tx: Store, id: string): Promise<StoredKey> {
    const key = (await findKey(tx, this.#scope, id)) ?? missing('key', id);
    const { workspaceId, role } = this.#principal;
    const holder = await findPerson(tx, workspaceId, key.person_id);
    if (holder !== undefined && !isAtMost(holder.role, role)) {
      throw new ApiError('forbidden', `the key is of somebody whose role, ${holder.role}, is above yours`);
    }
    return key;
  }

  /** @throws ApiError forbidden */
  #checkScopes(asked: readonly Scope[] | null): readonly Scope[] | null {
    const own = this.#principal.scopes;
    if (isWithin(asked, own)) return asked;
    throw new ApiError('forbidden', `a key makes none that is for more than itself: ${own?.join(', ')}`);
  }

  /** @throws ApiError validation_error */
  #checkExpiry(asked: Date | null): Date | null {
    const own = this.#principal.expiresAt;
    if (asked !== null && asked.getTime() <= Date.now()) {
      throw wrongExpiry('expiry_in_the_past', 'the key would have expired already', 'name a later time');
    }
    if (own === null) return asked;
    if (asked !== null && asked > own) {
      throw wrongExpiry(
        'expiry_too_late',
        'a key that ends makes none that lasts longer',
        'leave it out, or name an earlier time',
      );
    }
    return asked ?? own;
  }

  #record(tx: Store, action: string, key: StoredKey, details: Readonly<Record<string, unknown>> = {}) {
    const more = { display: key.display, personId: key.person_id, ...details };
    return recordAct(tx, this.#principal, { action, subjectId: key.id, projectId: key.project_id, details: more });
  }
}

const wrongExpiry = (code: string, message: string, hint: string): ApiError =>
  validationError([{ code, pointer: '/expiresAt', message, hint }]);
