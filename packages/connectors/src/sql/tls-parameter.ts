import type { TlsOptions } from './database-url.ts';
import { invalidConfig } from './invalid-config.ts';

/** Modes in words of our own, for systems whose URLs have none. */
export const TLS_MODES: TlsModes = {
  disable: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/** What a system calls the modes of encryption. */
export type TlsModes = Readonly<Record<string, TlsOptions['mode']>>;

/**
 * How a connection is encrypted, which is said in the URL or in options; not at all, unless said.
 * @param name of the parameter of the URL
 * @param value of it, in the system's words
 * @throws ConnectionError invalid_config
 */
export function tlsOfParameter(
  name: string,
  value: string | undefined,
  modes: TlsModes,
  said: TlsOptions | undefined,
): TlsOptions {
  if (value === undefined) return said ?? { mode: 'disable' };
  const mode = Object.hasOwn(modes, value) ? modes[value] : undefined;
  if (mode === undefined) throw invalidConfig(`${name} is one of ${Object.keys(modes).join(', ')}`);
  if (said !== undefined) throw invalidConfig(`${name} of the URL and options.tls say the same: leave out one`);
  return { mode };
}
