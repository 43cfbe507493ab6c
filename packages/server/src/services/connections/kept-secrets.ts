import type { ConnectionConfig, ConnectionSecrets, Connector } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { Store } from '../../store/open-store.ts';
import { findSecret, type SecretScope, type StoredSecret } from '../../store/secrets.ts';
import { refuseHost } from '../secrets/refuse-host.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';

/** Which property of `auth` is secret, by its type; what is not here has a password. */
const SECRET_OF: Readonly<Record<string, string>> = {
  bearer: 'token',
  api_key: 'key',
  oauth2_client_credentials: 'client_secret',
  destination: 'client_secret',
};

const MAX_BYTES = 64 * 1024;

/** The name under which a secret of people stands in for the own one of an `auth`. */
export const secretNameOf = (type: unknown): string => SECRET_OF[String(type).replaceAll('-', '_')] ?? 'password';

/** All secrets of a connection as the one value that is sealed. @throws ApiError validation_error */
export function packSecrets(secrets: ConnectionSecrets): string {
  const text = JSON.stringify(secrets);
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  const message = `passwords and tokens of a connection have at most ${MAX_BYTES} bytes together`;
  throw validationError([{ code: 'secret_too_large', pointer: '/auth', message, hint: 'check what was pasted' }]);
}

/** What a connection is opened with. */
export interface SecretsOf {
  readonly secret_id: string | null;
  readonly secret_ref: string | null;
  readonly config: ConnectionConfig;
}

/**
 * Opens the secrets of a connection: its own, and the one of people that it names, as long as that is meant for where the connection leads.
 * @param connector says where that is
 * @throws ApiError validation_error, when that one is not there; secret_not_for_host, secret_unreadable
 */
export async function openSecrets(
  tx: Store,
  vault: SecretVault,
  scope: SecretScope,
  { secret_id: own, secret_ref: ref, config }: SecretsOf,
  connector: Pick<Connector, 'targets'>,
): Promise<ConnectionSecrets> {
  const kept = own === null ? {} : (JSON.parse(await vault.openSecret(tx, own)) as ConnectionSecrets);
  if (ref === null) return kept;
  await findNamedSecret(tx, scope, ref);
  const targets = connector.targets(config);
  const value = await vault.openSecret(tx, ref, (secret) => refuseHost(secret, targets));
  return { ...kept, [secretNameOf(config.auth.type)]: value };
}

/** A secret of people that a connection names. @throws ApiError validation_error, when the project has none such */
export async function findNamedSecret(tx: Store, scope: SecretScope, ref: string): Promise<StoredSecret> {
  const found = await findSecret(tx, scope, ref);
  if (found !== undefined) return found;
  const message = 'the project has no such secret';
  const hint = 'create it with POST /secrets, or give the value itself';
  throw validationError([{ code: 'secret_missing', pointer: '/auth/secret_ref', message, hint }]);
}
