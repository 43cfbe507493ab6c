import type { ConnectionInput, ConnectionSecrets } from '@datamaker/connectors';
import { conflict } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import { recordAct } from '../store/audit.ts';
import {
  addConnection,
  changeConnection,
  countAllConnections,
  countConnections,
  countDeletedConnections,
  type DeletedConnection,
  deleteConnection,
  findConnection,
  holdConnections,
  keepVerification,
  listConnections,
  listDeletedConnections,
  restoreConnection,
  type StoredConnection,
} from '../store/connections.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { removeSecret } from '../store/secrets.ts';
import type { Tenant } from '../store/tenant.ts';
import type { ConnectionChange } from './connections/change-config.ts';
import { ConnectionConfigs } from './connections/connection-configs.ts';
import { ConnectionDoor, type ConnectionPlaces } from './connections/connection-door.ts';
import { openSecrets } from './connections/kept-secrets.ts';
import { moveToProject } from './connections/move-to-project.ts';
import { refuseTakenName } from './connections/refuse-taken-name.ts';
import { verify } from './connections/verify.ts';
import { missing } from './missing.ts';
import { type Page, pageOf } from './page.ts';
import type { SecretVault } from './secrets/secret-vault.ts';
import { refuseNothing } from './workspace-service.ts';

/** Most connections of a workspace, deleted ones that can be restored included. */
export const MAX_CONNECTIONS = 1000;
const VERIFY_MS = 20_000;

/** What somebody says of a new connection. */
export interface NewConnectionRequest extends ConnectionInput {
  readonly name: string;
  readonly type: string;
  readonly readOnly: boolean;
}

/** What connections of a request work with. */
export interface ConnectionSurroundings {
  /** Of the request. */
  readonly tenant: Tenant;
  /** Transactions of its own, for what goes on beside those of the request. */
  readonly ownTenant: Tenant;
  readonly principal: Principal;
  readonly cursors: Cursors;
  readonly vault: SecretVault;
  readonly places: ConnectionPlaces;
  /** Whether somebody asks by their own hand, and no tool or script for them; default false. */
  readonly isByHand?: boolean;
}

/** A connection as it was made or changed. */
export type ToldConnection = StoredConnection & {
  /** Hosts that the secret that it names is meant for since then. */
  readonly hostsAdded?: readonly string[];
};

/** Use-cases of connections, for one project. Whatever is not in it does not exist. */
export class ConnectionService {
  readonly #around: ConnectionSurroundings;
  readonly #door: ConnectionDoor;
  readonly #configs: ConnectionConfigs;

  constructor(around: ConnectionSurroundings) {
    this.#around = around;
    this.#door = new ConnectionDoor(around.places, around.ownTenant, around.vault);
    this.#configs = new ConnectionConfigs(this.#door, around.vault, around.principal, around.isByHand ?? false);
  }

  get #scope() {
    const { workspaceId, projectId } = this.#around.principal;
    return { workspaceId, projectId };
  }

  /** @param name only the one that is called that */
  list(limit: number, cursor: string | undefined, name: string | undefined): Promise<Page<StoredConnection>> {
    const { cursors, tenant } = this.#around;
    const scope = ['connections', this.#scope.projectId, name ?? ''].join('\0');
    return tenant((tx) =>
      pageOf(
        { cursors, scope, limit, cursor },
        (most, before) => listConnections(tx, this.#scope, most, before, name),
        () => countConnections(tx, this.#scope, name),
      ),
    );
  }

  /** Those that can be restored. */
  listDeleted(limit: number, cursor: string | undefined): Promise<Page<DeletedConnection>> {
    const { cursors, tenant } = this.#around;
    return tenant((tx) =>
      pageOf(
        { cursors, scope: `deleted connections\0${this.#scope.projectId}`, limit, cursor },
        (most, before) => listDeletedConnections(tx, this.#scope, most, before),
        () => countDeletedConnections(tx, this.#scope),
      ),
    );
  }

  /** @throws ApiError not_found */
  async find(id: string): Promise<StoredConnection> {
    return (await this.look(id)) ?? missing('connection', id);
  }

  look(id: string): Promise<StoredConnection | undefined> {
    return this.#around.tenant((tx) => findConnection(tx, this.#scope, id));
  }

  /**
   * Keeps a connection, and tries it: it is there also when that fails.
   * @throws ApiError validation_error, secret_not_for_host, conflict, rate_limited
   */
  async create(request: NewConnectionRequest, signal: AbortSignal): Promise<ToldConnection> {
    const { tenant, principal, vault } = this.#around;
    const { name, type, readOnly, ...input } = request;
    const { personId } = principal;
    const { connection, secrets, added } = await tenant(async (tx) => {
      const id = newId('conn');
      const { hostsAdded, ...config } = await this.#configs.add(tx, id, type, input);
      const made = { id, name, type, readOnly, ...config };
      const connection = await addConnection(tx, this.#scope, made, personId).catch(refuseTakenName);
      if ((await countAllConnections(tx, principal.workspaceId)) > MAX_CONNECTIONS) {
        const most = `a workspace has at most ${MAX_CONNECTIONS} connections`;
        throw conflict('too_many_connections', most, 'delete some; deleted ones count for 30 days');
      }
      const added = told(hostsAdded);
      await this.#record(tx, 'connection.created', connection, added);
      const connector = await this.#door.load(type);
      return { connection, added, secrets: await openSecrets(tx, vault, this.#scope, connection, connector) };
    });
    return { ...(await this.#tryOut(connection, signal, secrets)), ...added };
  }

  /**
   * Changes a connection, and tries it where it may lead elsewhere now.
   * @throws ApiError not_found, validation_error, secret_not_for_host, conflict, rate_limited
   */
  async change(id: string, change: ConnectionChange, signal: AbortSignal): Promise<ToldConnection> {
    refuseNothing(change, 'name`, `url`, `auth`, `options` or `readOnly');
    const { tenant, principal, vault } = this.#around;
    const isElsewhere = [change.url, change.auth, change.options].some((one) => one !== undefined);
    const { changed, added } = await tenant(async (tx) => {
      const held = await this.#hold(tx, id);
      const { name = held.name, readOnly = held.read_only } = change;
      const same = { config: held.config, secretId: held.secret_id, secretRef: held.secret_ref, hostsAdded: [] };
      const { hostsAdded, ...next } = isElsewhere ? await this.#configs.change(tx, held, change) : same;
      const values = { name, readOnly, ...next };
      const { personId } = principal;
      const connection = await changeConnection(tx, id, values, isElsewhere, personId).catch(refuseTakenName);
      if (held.secret_id !== null && connection.secret_id === null) await removeSecret(tx, held.secret_id);
      const keys = Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [key]));
      const added = told(hostsAdded);
      await this.#record(tx, 'connection.changed', connection, { changed: keys, ...added });
      return { changed: connection, added };
    });
    if (!isElsewhere) return changed;
    const connector = await this.#door.load(changed.type);
    const secrets = await tenant((tx) => openSecrets(tx, vault, this.#scope, changed, connector));
    return { ...(await this.#tryOut(changed, signal, secrets)), ...added };
  }

  /** Tries it, and keeps what came of it. @throws ApiError not_found, rate_limited, validation_error */
  async verify(id: string, signal: AbortSignal): Promise<StoredConnection> {
    return this.#tryOut(await this.find(id), signal);
  }

  /** @throws ApiError not_found */
  async delete(id: string): Promise<void> {
    await this.#around.tenant(async (tx) => {
      const deleted = (await deleteConnection(tx, this.#scope, id)) ?? missing('connection', id);
      await this.#record(tx, 'connection.deleted', deleted);
    });
  }

  /** Takes a deletion back; one that is there stays as it is. @throws ApiError not_found, conflict */
  async restore(id: string, as: string | undefined): Promise<StoredConnection> {
    return this.#around.tenant(async (tx) => {
      const restored = await restoreConnection(tx, this.#scope, id, as).catch(refuseTakenName);
      if (restored === undefined) return (await findConnection(tx, this.#scope, id)) ?? missing('connection', id);
      await this.#record(tx, 'connection.restored', restored);
      return restored;
    });
  }

  /**
   * Moves connections to another project of the workspace, all or none.
   * @throws ApiError not_found, conflict
   */
  async move(given: readonly string[], targetId: string): Promise<void> {
    const { tenant, principal } = this.#around;
    await tenant((tx) => moveToProject(tx, principal, given, targetId));
  }

  async #tryOut(
    connection: StoredConnection,
    signal: AbortSignal,
    secrets?: ConnectionSecrets,
  ): Promise<StoredConnection> {
    const { tenant } = this.#around;
    const options = { timeoutMs: VERIFY_MS, signal, secrets };
    const verification = await verify((run) => this.#door.use(connection, options, run));
    return tenant(async (tx) => {
      // Who changed it meanwhile tries it as it is now.
      const kept = await keepVerification(tx, connection, verification);
      if (kept === undefined) {
        return (await findConnection(tx, this.#scope, connection.id)) ?? missing('connection', connection.id);
      }
      const { status, problem } = verification;
      await this.#record(tx, 'connection.verified', kept, { status, ...(problem === null ? {} : { problem }) });
      return kept;
    });
  }

  async #hold(tx: Store, id: string): Promise<StoredConnection> {
    const [held] = await holdConnections(tx, this.#scope, [id]);
    return held ?? missing('connection', id);
  }

  #record(
    tx: Store,
    action: string,
    { id, name, type }: StoredConnection,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    return recordAct(tx, this.#around.principal, { action, subjectId: id, details: { name, type, ...more } });
  }
}

const told = (hostsAdded: readonly string[]): Pick<ToldConnection, 'hostsAdded'> =>
  hostsAdded.length === 0 ? {} : { hostsAdded };
