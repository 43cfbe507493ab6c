import type { ConnectionInput, ConnectionSecrets, ParsedConnection } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { findOwnSecret } from '../../store/secrets.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';
import { type ConnectionChange, mergeChange } from './change-config.ts';
import type { ConnectionDoor } from './connection-door.ts';
import { toApiError } from './connection-failed.ts';
import { packSecrets, secretNameOf } from './kept-secrets.ts';
import { meanSecret } from './mean-secret.ts';

/** What is kept of where a connection leads: how, and which secrets it needs. */
export interface KeptConfig extends Pick<ParsedConnection, 'config'> {
  /** Of what is sealed for it alone; null: nothing. */
  readonly secretId: string | null;
  /** Of a secret of people that it names. */
  readonly secretRef: string | null;
  /** Hosts that this secret is meant for from now on. */
  readonly hostsAdded: readonly string[];
}

/** Reads what people say of where connections lead, and seals the secrets in it. */
export class ConnectionConfigs {
  readonly #door: ConnectionDoor;
  readonly #vault: SecretVault;
  readonly #principal: Principal;
  readonly #isByHand: boolean;

  /** @param isByHand whether somebody asks by their own hand, and no tool or script for them */
  constructor(door: ConnectionDoor, vault: SecretVault, principal: Principal, isByHand: boolean) {
    this.#door = door;
    this.#vault = vault;
    this.#principal = principal;
    this.#isByHand = isByHand;
  }

  /** @throws ApiError validation_error, secret_not_for_host */
  async add(tx: Store, connectionId: string, type: string, input: ConnectionInput): Promise<KeptConfig> {
    const { parsed, secretRef } = await this.#parse(type, input);
    const { config } = parsed;
    const hostsAdded = await this.#meanSecret(tx, { id: connectionId, type }, config, secretRef, this.#isByHand);
    return { config, secretRef, hostsAdded, secretId: await this.#addSecrets(tx, connectionId, parsed.secrets) };
  }

  /** @throws ApiError validation_error, secret_not_for_host */
  async change(tx: Store, held: StoredConnection, change: ConnectionChange): Promise<KeptConfig> {
    const kept = await openOwn(tx, this.#vault, held);
    const merged = mergeChange(held, kept, change);
    const { parsed, secretRef } = await this.#parse(held.type, merged.input);
    const { config } = parsed;
    merged.check(config);
    // Who changes something else says nothing of hosts: one that was taken from the list meanwhile stays out.
    const isSaid = change.url !== undefined || change.auth !== undefined;
    const hostsAdded = await this.#meanSecret(tx, held, config, secretRef, this.#isByHand && isSaid);
    const { secret_id: heldSecret } = held;
    const secret = heldSecret === null ? undefined : await findOwnSecret(tx, heldSecret);
    if (secret === undefined || Object.keys(parsed.secrets).length === 0) {
      const secretId = await this.#addSecrets(tx, held.id, parsed.secrets);
      return { config, secretRef, hostsAdded, secretId };
    }
    await this.#vault.change(tx, secret, packSecrets(parsed.secrets), this.#principal.personId);
    return { config, secretRef, hostsAdded, secretId: secret.id };
  }

  /** @returns hosts that the secret is meant for from now on. @throws ApiError secret_not_for_host */
  async #meanSecret(
    tx: Store,
    { id: connectionId, type }: Pick<StoredConnection, 'id' | 'type'>,
    config: ParsedConnection['config'],
    ref: string | null,
    isByHand: boolean,
  ): Promise<readonly string[]> {
    if (ref === null) return [];
    const targets = (await this.#door.load(type)).targets(config);
    return meanSecret(tx, this.#principal, { ref, connectionId, targets, isByHand });
  }

  /** @throws ApiError validation_error */
  async #parse(type: string, { url, auth, options }: ConnectionInput) {
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

  /** @returns the id of what is sealed; null: there is nothing */
  async #addSecrets(tx: Store, connectionId: string, secrets: ConnectionSecrets): Promise<string | null> {
    if (Object.keys(secrets).length === 0) return null;
    const { workspaceId, personId } = this.#principal;
    // Of no project: it moves with its connection.
    const about = { workspace_id: workspaceId, project_id: null, kind: 'connection', name: connectionId } as const;
    const made = await this.#vault.add(tx, about, packSecrets(secrets), personId);
    if (made === undefined) throw new Error('secrets of connections have no names that could be taken');
    return made.id;
  }
}

const openOwn = async (
  tx: Store,
  vault: SecretVault,
  { secret_id: id }: StoredConnection,
): Promise<ConnectionSecrets> => (id === null ? {} : (JSON.parse(await vault.openSecret(tx, id)) as ConnectionSecrets));
