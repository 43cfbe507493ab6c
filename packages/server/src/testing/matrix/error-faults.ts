import { ERRORS, type ErrorCode } from '../../errors.ts';
import type { Answer, ErrorBody } from '../client.ts';
import { type Credential, ENDED } from './credentials.ts';

/** What errors are called that say no more than their status. */
const PLAIN: Readonly<Record<number, readonly string[]>> = {
  401: ['unauthorized', 'invalid_credentials'],
  404: ['not_found'],
};

/** Who may do what a route asks for, and not with the secret that the request names. */
const NOT_WITH_THE_SECRET: Readonly<Record<string, readonly Credential[]>> = {
  'POST /connections (with a secret of the workspace)': ['member', 'session', 'otherProject'],
};

/** What is wrong with how an error is told to a credential; undefined: nothing. The DataGen door and MCP have shapes of their own. */
export function errorFault(route: string, credential: Credential, answer: Answer<unknown>): string | undefined {
  const { status, headers, body } = answer;
  if (/ \/(api\/v1|mcp)(\/|$)/.test(route.replace(/ \(.*/, ''))) return undefined;
  // Nothing is told where there is no body.
  if (route.startsWith('HEAD ')) return undefined;
  const code = (body as ErrorBody | null)?.error?.code ?? 'none';
  if (ERRORS[code as ErrorCode]?.status !== status) return `${status} is told as ${code}`;
  if (!(PLAIN[status]?.includes(code) ?? true)) return `${status} is told as ${code}`;
  if (code === 'unauthorized' && headers.get('www-authenticate') !== 'Bearer') return 'it names no way to sign in';
  if (headers.get('vary')?.includes('Accept') !== true) return 'it does not say that it depends on Accept';
  if (status !== 403) return undefined;
  const isCrossSite = credential === 'crossSite' && !route.startsWith('GET ');
  const denied = NOT_WITH_THE_SECRET[route]?.includes(credential) === true ? 'secret_not_for_host' : 'forbidden';
  const expected = isCrossSite ? 'cross_site_request' : credential === ENDED ? 'workspace_deleted' : denied;
  return code === expected ? undefined : `403 is told as ${code} in place of ${expected}`;
}
