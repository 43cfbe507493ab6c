import { conflict, validationError } from '../errors.ts';
import type { Cursors } from '../security/cursor.ts';
import { recordAct } from '../store/audit.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import {
  countOwnSecrets,
  countSecrets,
  findSecret,
  holdSecret,
  keepHosts,
  listSecrets,
  removeSecret,
  type SecretScope,
  type StoredSecret,
} from '../store/secrets.ts';
import type { Tenant } from '../store/tenant.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';
import { MAX_HOSTS, TOO_MANY_HOSTS } from './secrets/host-limit.ts';
import type { SecretVault } from './secrets/secret-vault.ts';
import { whyNotSet } from './secrets/why-not-set.ts';
import { refuseNothing } from './workspace-service.ts';

/** Most secrets that people have in a workspace. */
export const MAX_SECRETS = 1000;

/** Where a secret is for. */
export const REACHES = ['project', 'workspace'] as const;
export type Reach = (typeof REACHES)[number];

/** What is said of a new secret. */
export interface NewSecret {
  readonly name: string;
  readonly value: string;
  readonly reach: Reach;
  /** Where connections may send it, each as `hostEntry` of the connectors writes it. */
  readonly hosts: readonly string[];
}

/** What is said anew of a secret; what is undefined stays. */
export interface SecretChange {
  readonly value?: string | undefined;
  readonly hosts?: readonly string[] | undefined;
}

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
  async create({ name, value, reach, hosts }: NewSecret): Promise<StoredSecret> {
    const { workspaceId, personId } = this.#principal;
    const projectId = reach === 'project' ? this.#principal.projectId : null;
    this.#refuseOthers(projectId);
    return this.#tenant(async (tx) => {
      const about = { workspace_id: workspaceId, project_id: projectId, kind: 'user', name } as const;
      const made = await this.#vault.add(tx, about, value, personId, hosts);
      if (made === undefined) {
        throw conflict('secret_exists', `the ${reach} has a secret ${name}`, 'change that one, or take another name');
      }
      // Writers of a workspace come one after the other, by its data key: so the count is exact.
      if ((await countOwnSecrets(tx, workspaceId)) > MAX_SECRETS) {
        throw conflict('too_many_secrets', `a workspace has at most ${MAX_SECRETS} secrets`, 'delete some first');
      }
      await this.#record(tx, 'secret.created', made, hosts.length === 0 ? {} : { added: hosts });
      return made;
    });
  }

  /** Replaces the value, or where it may go, or both at once. @throws ApiError not_found, forbidden, validation_error */
  async change(id: string, change: SecretChange): Promise<StoredSecret> {
    refuseNothing(change, 'value` or `hosts');
    const { value, hosts } = change;
    const { personId } = this.#principal;
    return this.#tenant(async (tx) => {
      const held = await this.#hold(tx, id);
      refuseTooMany(held.hosts, hosts);
      const sealed = value === undefined ? held : await this.#vault.change(tx, held, value, personId);
      const changed = hosts === undefined ? sealed : await keepHosts(tx, id, hosts, personId);
      const without = (some: readonly string[], others: readonly string[]) =>
        some.filter((one) => !others.includes(one));
      await this.#record(tx, 'secret.changed', changed, {
        changed: [...(value === undefined ? [] : ['value']), ...(hosts === undefined ? [] : ['hosts'])],
        ...(hosts === undefined ? {} : { added: without(hosts, held.hosts), removed: without(held.hosts, hosts) }),
      });
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
    this.#refuseOthers(secret.project_id);
    return secret;
  }

  /** @throws ApiError forbidden */
  #refuseOthers(projectId: string | null): void {
    const why = whyNotSet(this.#principal, { project_id: projectId });
    if (why !== undefined) throw why;
  }

  #record(
    tx: Store,
    action: string,
    secret: StoredSecret,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const { id: subjectId, name, version, project_id: projectId } = secret;
    return recordAct(tx, this.#principal, { action, subjectId, projectId, details: { name, version, ...more } });
  }
}

/** Keeps the limit; a secret that has more hosts from before there was one may lose some. @throws ApiError validation_error */
function refuseTooMany(held: readonly string[], hosts: readonly string[] = []): void {
  if (hosts.length <= MAX_HOSTS || hosts.every((host) => held.includes(host))) return;
  const hint = 'take some from the list; `*.domain` is all beneath a domain';
  throw validationError([{ code: 'too_many_hosts', pointer: '/hosts', message: TOO_MANY_HOSTS, hint }]);
}
