import {
  ConnectionError,
  type ConnectionSecrets,
  type ConnectionType,
  type Connector,
  type Dialer,
  type Session,
} from '@datamaker/connectors';
import { ApiError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Tenant } from '../../store/tenant.ts';
import { readsOnly } from '../scenarios/broker/script-callers.ts';
import { tellOfCalls } from '../scenarios/broker/tell-of-calls.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';
import { openSecrets } from './kept-secrets.ts';
import type { OpenSessions } from './open-sessions.ts';

/** What connections are opened with. */
export interface ConnectionPlaces {
  /** The connector of a type. @throws ConnectionError driver_missing, invalid_config */
  readonly load: (type: ConnectionType) => Promise<Connector>;
  /** The only way out. */
  readonly dialer: Dialer;
  readonly sessions: OpenSessions;
}

export interface UseOptions {
  /** All of it together: connecting, and what is done then. */
  readonly timeoutMs: number;
  /** Of whoever waits for it. */
  readonly signal: AbortSignal;
  /** Whether the session is to change something; else the system is told not to let it. */
  readonly writes?: boolean;
  /** Undefined: as they are stored. */
  readonly secrets?: ConnectionSecrets | undefined;
}

export type Use<T> = (session: Session, connector: Connector, signal: AbortSignal) => Promise<T>;

const CONNECT_MS = 10_000;

/** Opens sessions with the systems of a workspace, and sees to it that each of them ends. */
export class ConnectionDoor {
  readonly #places: ConnectionPlaces;
  readonly #tenant: Tenant;
  readonly #vault: SecretVault;

  /** @param tenant transactions of its own: none stays open while a system is asked */
  constructor(places: ConnectionPlaces, tenant: Tenant, vault: SecretVault) {
    this.#places = places;
    this.#tenant = tenant;
    this.#vault = vault;
  }

  /** The connector of a type. @throws ConnectionError */
  load = (type: string): Promise<Connector> => this.#places.load(type as ConnectionType);

  /**
   * Uses a session with the system of a connection.
   * @throws ConnectionError; ApiError rate_limited, secret_not_for_host, secret_unreadable, and bad_request when nobody waits any more
   */
  async use<T>(connection: StoredConnection, options: UseOptions, run: Use<T>): Promise<T> {
    const { signal: gone, timeoutMs } = options;
    const giveBack = this.#places.sessions.take(connection.workspace_id);
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([gone, late]);
    try {
      return await this.#withSession(connection, options, signal, run);
    } catch (error) {
      if (gone.aborted) throw new ApiError('bad_request', 'the client went away before the answer');
      if (!late.aborted) throw error;
      const known = error instanceof ConnectionError ? error : undefined;
      if (known?.problem === 'unknown_outcome') throw known;
      throw new ConnectionError('timeout', `it took longer than ${timeoutMs / 1000} seconds`, {
        hint: 'ask for less, or try when the system has less to do',
        ...(known?.written === undefined ? {} : { written: known.written }),
      });
    } finally {
      giveBack();
    }
  }

  async #withSession<T>(
    connection: StoredConnection,
    { secrets: given, writes = false, timeoutMs }: UseOptions,
    signal: AbortSignal,
    run: Use<T>,
  ): Promise<T> {
    const { workspace_id: workspaceId, project_id: projectId } = connection;
    const connector = await this.load(connection.type);
    const secrets =
      given ??
      (await this.#tenant((tx) => openSecrets(tx, this.#vault, { workspaceId, projectId }, connection, connector)));
    const opening = connector.open(connection.config, {
      dialer: this.#places.dialer,
      secrets,
      readOnly: connection.read_only || !writes || readsOnly.getStore() === true,
      timeoutMs: Math.min(CONNECT_MS, timeoutMs),
      signal,
      onCall: tellOfCalls(connection.config.url),
    });
    // One that opens when nobody waits for it any more is closed all the same.
    opening.then(
      (session) => {
        if (signal.aborted) close(session);
      },
      () => undefined,
    );
    const session = await untilAborted(opening, signal);
    try {
      return await untilAborted(run(session, connector, signal), signal);
    } finally {
      const closed = close(session);
      // What is cut off may not answer that either.
      if (!signal.aborted) await untilAborted(closed, signal).catch(() => undefined);
    }
  }
}

const close = (session: Session): Promise<void> => session.close().catch(() => undefined);

/** @throws what the promise throws, or the signal's reason, whichever comes first */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  for (const one of [promise, aborted]) one.catch(() => undefined);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
