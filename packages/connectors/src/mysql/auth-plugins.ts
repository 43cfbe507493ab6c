import mysql, { type AuthPlugin } from 'mysql2';
import { ConnectionError } from '../connection-error.ts';

/**
 * Ways to sign in over a connection without encryption, by the names that servers give them. Those of MySQL 8 send a password
 * that is encrypted with a key that whoever answers has sent, so whoever is in between can read it: they are refused when it
 * comes to that. What only proves that the password is known (`mysql_native_password`, the quick half of
 * `caching_sha2_password`) goes on.
 */
export const PLAIN_AUTH_PLUGINS: Readonly<Record<string, AuthPlugin>> = {
  caching_sha2_password: mysql.authPlugins.caching_sha2_password({
    overrideIsSecure: false,
    onServerPublicKey: refuse,
  }),
  sha256_password: mysql.authPlugins.sha256_password({ onServerPublicKey: refuse }),
  mysql_clear_password: () => refuse,
};

function refuse(): never {
  throw new ConnectionError('auth', 'the server asks for the password itself, and the connection is not encrypted', {
    hint: 'encrypt the connection: options.tls {"mode":"verify-full"}',
  });
}
