import { ApiError } from '../errors.ts';
import type { Principal } from '../store/keys.ts';

/**
 * Refuses what would outlast a key, or be for more than it: people have neither scopes nor an end.
 * @param what it does not do, such as `invites nobody`
 * @throws ApiError forbidden
 */
export function refuseLimited({ scopes, expiresAt }: Pick<Principal, 'scopes' | 'expiresAt'>, what: string): void {
  if (scopes === null && expiresAt === null) return;
  throw new ApiError('forbidden', `a key with scopes or an end ${what}: use one without, or sign in`);
}
