import type { Destined } from '../dial/host-list.ts';
import type { HttpAuth } from './auth/http-auth.ts';

/**
 * Where what signs requests goes: the system itself, and services of tokens and of destinations.
 * @param url a path alone, where the system is kept in a destination, names no host
 */
export function httpTargets({ url, auth }: { readonly url: string; readonly auth: HttpAuth }): Destined[] {
  const services = [
    ...('token_url' in auth ? [auth.token_url] : []),
    ...('service_url' in auth ? [auth.service_url] : []),
  ];
  return [...(url.startsWith('/') ? [] : [url]), ...services].map((text) => {
    const { hostname, port, protocol } = new URL(text);
    return { host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  });
}
