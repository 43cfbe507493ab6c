import { ApiError, conflict } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { allows, roleFor } from '../security/permissions.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import {
  countOwnSecrets,
  countSecrets,
  findSecret,
  holdSecret,
  listSecrets,
  removeSecret,
  type SecretScope,
  type StoredSecret,
} from '../store/secrets.ts';
import type { Tenant } from '../store/tenant.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';
import type { SecretVault } from './secrets/secret-vault.ts';

/** Most secrets that people have in a workspace. */
export const MAX_SECRETS = 1000;

/** Where a secret is for. */
export const REACHES = ['project', 'workspace'] as const;
export type Reach = (typeof REACHES)[number];

/** Use-cases of people's own secrets: they are written, and their values never read. */
export class SecretService {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #cursors: Cursors;
  readonly #vault: SecretVault;

  constructor(tenant: Tenant, principal: Principal, cursors: Cursors, vault: SecretVault) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#cursors = cursors;
    this.#vault = vault;
  }

  get #scope(): SecretScope {
    const { workspaceId, projectId } = this.#principal;
    return { workspaceId, projectId };
  }

  /** Those of the project and of the workspace. @throws ApiError invalid_cursor */
  list(limit: number, cursor: string | undefined): Promise<Page<StoredSecret>> {
    const scope = `secrets\0${this.#principal.projectId}`;
    return this.#tenant((tx) =>
      pageOf(
        { cursors: this.#cursors, scope, limit, cursor },
        (most, before) => listSecrets(tx, this.#scope, most, before),
        () => countSecrets(tx, this.#scope),
      ),
    );
  }

  /** @throws ApiError not_found */
  async read(id: string): Promise<StoredSecret> {
    return (await this.#tenant((tx) => findSecret(tx, this.#scope, id))) ?? missing('secret', id);
  }

  /** @throws ApiError forbidden, conflict */
  async create(name: string, value: string, reach: Reach): Promise<StoredSecret> {
    const { workspaceId, personId } = this.#principal;
    const projectId = reach === 'project' ? this.#principal.projectId : null;
    this.#refuseReach(projectId);
    return this.#tenant(async (tx) => {
      const about = { workspace_id: workspaceId, project_id: projectId, kind: 'user', name } as const;
      const made = await this.#vault.add(tx, about, value, personId);
      if (made === undefined) {
        throw conflict('secret_exists', `the ${reach} has a secret ${name}`, 'change that one, or take another name');
      }
      // Writers of a workspace come one after the other, by its data key: so the count is exact.
      if ((await countOwnSecrets(tx, workspaceId)) > MAX_SECRETS) {
        throw conflict('too_many_secrets', `a workspace has at most ${MAX_SECRETS} secrets`, 'delete some first');
      }
      await this.#record(tx, 'secret.created', made);
      return made;
    });
  }

  /** @throws ApiError not_found, forbidden */
  async change(id: string, value: string): Promise<StoredSecret> {
    return this.#tenant(async (tx) => {
      const held = await this.#hold(tx, id);
      const changed = await this.#vault.change(tx, held, value, this.#principal.personId);
      await this.#record(tx, 'secret.changed', changed);
      return changed;
    });
  }

  /** For good: nothing of its value is kept. @throws ApiError not_found, forbidden */
  async delete(id: string): Promise<void> {
    await this.#tenant(async (tx) => {
      const held = await this.#hold(tx, id);
      await removeSecret(tx, id);
      await this.#record(tx, 'secret.deleted', held);
    });
  }

  /** A secret that one may change. @throws ApiError not_found, forbidden */
  async #hold(tx: Store, id: string): Promise<StoredSecret> {
    const secret = (await holdSecret(tx, this.#scope, id)) ?? missing('secret', id);
    this.#refuseReach(secret.project_id);
    return secret;
  }

  /** What all projects use is not for one of them to change. @throws ApiError forbidden */
  #refuseReach(projectId: string | null): void {
    if (projectId !== null) return;
    const { onlyProject, role } = this.#principal;
    if (onlyProject) {
      throw new ApiError('forbidden', 'the key is for one project only, and the secret for the whole workspace');
    }
    if (allows(this.#principal, 'administer')) return;
    const needed = roleFor('administer');
    throw new ApiError('forbidden', `secrets of the whole workspace need the role ${needed} or more; yours is ${role}`);
  }

  #record(tx: Store, action: string, { id, name, version, project_id }: StoredSecret): Promise<void> {
    return recordAct(tx, this.#principal, { action, subjectId: id, projectId: project_id, details: { name, version } });
  }
}
