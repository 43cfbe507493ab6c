import type { ConnectionSecrets } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { Store } from '../../store/open-store.ts';
import { findSecret, type SecretScope } from '../../store/secrets.ts';
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
  readonly config: { readonly auth: { readonly type: string } };
}

/**
 * Opens the secrets of a connection: its own, and the one of people that it names.
 * @throws ApiError validation_error, when that one is not there; secret_unreadable
 */
export async function openSecrets(
  tx: Store,
  vault: SecretVault,
  scope: SecretScope,
  { secret_id: own, secret_ref: ref, config }: SecretsOf,
): Promise<ConnectionSecrets> {
  const kept = own === null ? {} : (JSON.parse(await vault.openSecret(tx, own)) as ConnectionSecrets);
  if (ref === null) return kept;
  await refuseAbsent(tx, scope, ref);
  return { ...kept, [secretNameOf(config.auth.type)]: await vault.openSecret(tx, ref) };
}

/** @throws ApiError validation_error */
export async function refuseAbsent(tx: Store, scope: SecretScope, ref: string): Promise<void> {
  if ((await findSecret(tx, scope, ref)) !== undefined) return;
  const message = 'the project has no such secret';
  const hint = 'create it with POST /secrets, or give the value itself';
  throw validationError([{ code: 'secret_missing', pointer: '/auth/secret_ref', message, hint }]);
}
