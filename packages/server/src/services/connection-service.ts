import type { ConnectionInput, ConnectionSecrets, ParsedConnection } from '@datamaker/connectors';
import { conflict, validationError } from '../errors.ts';
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
  isConnectionNameTaken,
  keepVerification,
  listConnections,
  listDeletedConnections,
  moveConnections,
  restoreConnection,
  type StoredConnection,
} from '../store/connections.ts';
import type { Principal } from '../store/keys.ts';
import type { Store } from '../store/open-store.ts';
import { holdProject } from '../store/projects.ts';
import { findOwnSecret, findSecret, removeSecret } from '../store/secrets.ts';
import type { Tenant } from '../store/tenant.ts';
import { type ConnectionChange, mergeChange } from './connections/change-config.ts';
import { ConnectionDoor, type ConnectionPlaces } from './connections/connection-door.ts';
import { toApiError } from './connections/connection-failed.ts';
import { openSecrets, packSecrets, refuseAbsent, secretNameOf } from './connections/kept-secrets.ts';
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
}

/** Use-cases of connections, for one project. Whatever is not in it does not exist. */
export class ConnectionService {
  readonly #around: ConnectionSurroundings;
  readonly #door: ConnectionDoor;

  constructor(around: ConnectionSurroundings) {
    this.#around = around;
    this.#door = new ConnectionDoor(around.places, around.ownTenant, around.vault);
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
   * @throws ApiError validation_error, conflict, rate_limited
   */
  async create(request: NewConnectionRequest, signal: AbortSignal): Promise<StoredConnection> {
    const { tenant, principal, vault } = this.#around;
    const { name, type, readOnly, ...input } = request;
    const { personId } = principal;
    const { connection, secrets } = await tenant(async (tx) => {
      const { parsed, secretRef } = await this.#parse(tx, type, input);
      const id = newId('conn');
      const secretId = await this.#addSecrets(tx, id, parsed.secrets);
      const made = { id, name, type, config: parsed.config, readOnly, secretId, secretRef };
      const connection = await addConnection(tx, this.#scope, made, personId).catch(refuseTakenName);
      if ((await countAllConnections(tx, principal.workspaceId)) > MAX_CONNECTIONS) {
        const most = `a workspace has at most ${MAX_CONNECTIONS} connections`;
        throw conflict('too_many_connections', most, 'delete some; deleted ones count for 30 days');
      }
      await this.#record(tx, 'connection.created', connection);
      return { connection, secrets: await openSecrets(tx, vault, this.#scope, connection) };
    });
    return this.#tryOut(connection, signal, secrets);
  }

  /**
   * Changes a connection, and tries it where it may lead elsewhere now.
   * @throws ApiError not_found, validation_error, conflict, rate_limited
   */
  async change(id: string, change: ConnectionChange, signal: AbortSignal): Promise<StoredConnection> {
    refuseNothing(change, 'name`, `url`, `auth`, `options` or `readOnly');
    const { tenant, principal, vault } = this.#around;
    const isElsewhere = [change.url, change.auth, change.options].some((one) => one !== undefined);
    const changed = await tenant(async (tx) => {
      const held = await this.#hold(tx, id);
      const { name = held.name, readOnly = held.read_only } = change;
      const same = { config: held.config, secretId: held.secret_id, secretRef: held.secret_ref };
      const next = isElsewhere ? await this.#changeConfig(tx, held, change) : same;
      const values = { name, readOnly, ...next };
      const { personId } = principal;
      const connection = await changeConnection(tx, id, values, isElsewhere, personId).catch(refuseTakenName);
      if (held.secret_id !== null && connection.secret_id === null) await removeSecret(tx, held.secret_id);
      const keys = Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [key]));
      await this.#record(tx, 'connection.changed', connection, { changed: keys });
      return connection;
    });
    if (!isElsewhere) return changed;
    const secrets = await tenant((tx) => openSecrets(tx, vault, this.#scope, changed));
    return this.#tryOut(changed, signal, secrets);
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
    const { workspaceId, projectId, onlyProject } = principal;
    const ids = [...new Set(given)];
    await tenant(async (tx) => {
      const seen = { workspaceId, projectId: onlyProject ? projectId : undefined };
      if ((await holdProject(tx, seen, targetId)) === undefined) missing('project', targetId);
      const held = await holdConnections(tx, this.#scope, ids);
      const absent = ids.find((id) => held.every((one) => one.id !== id));
      if (absent !== undefined) missing('connection', absent);
      if (targetId === projectId) return;
      for (const connection of held) await refuseTornSecret(tx, connection, { workspaceId, projectId: targetId });
      await moveConnections(tx, ids, targetId).catch(refuseTakenName);
      for (const { id, name } of held) {
        const details = { name, from: projectId, to: targetId };
        await recordAct(tx, principal, { action: 'connection.moved', subjectId: id, projectId: targetId, details });
      }
    });
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

  /** @throws ApiError validation_error */
  async #parse(tx: Store, type: string, { url, auth, options }: ConnectionInput) {
    const { secret_ref: ref, ...plain } = auth ?? {};
    if (ref === undefined) return { parsed: await this.#read(type, { url, auth, options }), secretRef: null };
    if (typeof ref !== 'string' || !/^\w{1,80}$/.test(ref)) {
      const message = 'secret_ref is the id of a secret';
      throw validationError([
        { code: 'invalid_value', pointer: '/auth/secret_ref', message, hint: 'as sec_8d3kq0vx2m5ra7cz4n1w' },
      ]);
    }
    const name = secretNameOf(plain.type);
    if (plain[name] !== undefined) {
      const message = `auth has both ${name} and secret_ref`;
      throw validationError([{ code: 'secret_twice', pointer: `/auth/${name}`, message, hint: 'give one of the two' }]);
    }
    await refuseAbsent(tx, this.#scope, ref);
    // Only that there is one matters here; the value itself stays where it is.
    const parsed = await this.#read(type, { url, auth: { ...plain, [name]: 'x' }, options });
    const { [name]: _standIn, ...secrets } = parsed.secrets;
    return { parsed: { config: parsed.config, secrets }, secretRef: ref };
  }

  async #read(type: string, input: ConnectionInput): Promise<ParsedConnection> {
    try {
      return (await this.#door.load(type)).parse(input);
    } catch (error) {
      throw toApiError(error);
    }
  }

  async #changeConfig(tx: Store, held: StoredConnection, change: ConnectionChange) {
    const { vault, principal } = this.#around;
    const kept = await openOwn(tx, vault, held);
    const merged = mergeChange(held, kept, change);
    const { parsed, secretRef } = await this.#parse(tx, held.type, merged.input);
    merged.check(parsed.config);
    const { secret_id: heldSecret } = held;
    const secret = heldSecret === null ? undefined : await findOwnSecret(tx, heldSecret);
    if (secret === undefined || Object.keys(parsed.secrets).length === 0) {
      const secretId = await this.#addSecrets(tx, held.id, parsed.secrets);
      return { config: parsed.config, secretRef, secretId };
    }
    await vault.change(tx, secret, packSecrets(parsed.secrets), principal.personId);
    return { config: parsed.config, secretRef, secretId: secret.id };
  }

  /** @returns the id of what is sealed; null: there is nothing */
  async #addSecrets(tx: Store, connectionId: string, secrets: ConnectionSecrets): Promise<string | null> {
    if (Object.keys(secrets).length === 0) return null;
    const { workspaceId, personId } = this.#around.principal;
    // Of no project: it moves with its connection.
    const about = { workspace_id: workspaceId, project_id: null, kind: 'connection', name: connectionId } as const;
    const made = await this.#around.vault.add(tx, about, packSecrets(secrets), personId);
    if (made === undefined) throw new Error('secrets of connections have no names that could be taken');
    return made.id;
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

const openOwn = async (
  tx: Store,
  vault: SecretVault,
  { secret_id: id }: StoredConnection,
): Promise<ConnectionSecrets> => (id === null ? {} : (JSON.parse(await vault.openSecret(tx, id)) as ConnectionSecrets));

/** A secret of the project that it comes from is none of the one that it goes to. @throws ApiError conflict */
async function refuseTornSecret(
  tx: Store,
  { name, secret_ref: ref }: StoredConnection,
  target: { readonly workspaceId: string; readonly projectId: string },
): Promise<void> {
  if (ref === null || (await findSecret(tx, target, ref)) !== undefined) return;
  throw conflict(
    'secret_of_project',
    `the secret of ${JSON.stringify(name)} is of this project only`,
    'give it another one first, or a secret of the whole workspace',
  );
}

/** @throws ApiError conflict */
function refuseTakenName(error: unknown): never {
  if (!isConnectionNameTaken(error)) throw error;
  throw conflict('connection_exists', 'the project has a connection of that name', 'take another name');
}
