import { ApiError } from '../../errors.ts';
import { allows, roleFor } from '../../security/permissions.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredSecret } from '../../store/secrets.ts';

/**
 * Why somebody may not set a secret, whose value and hosts they could else replace; undefined: they may. What all projects use is not for
 * one of them to change.
 * @param secret what it is of; one of the workspace has no project
 */
export function whyNotSet(
  principal: Principal,
  { project_id }: Pick<StoredSecret, 'project_id'>,
): ApiError | undefined {
  const { onlyProject, role } = principal;
  if (!allows(principal, 'secure')) return new ApiError('forbidden', 'your role, or the key, does not set secrets');
  if (project_id !== null) return undefined;
  if (onlyProject) {
    return new ApiError('forbidden', 'the key is for one project only, and the secret for the whole workspace');
  }
  if (allows(principal, 'administer')) return undefined;
  const needed = roleFor('administer');
  return new ApiError('forbidden', `secrets of the whole workspace need the role ${needed} or more; yours is ${role}`);
}
