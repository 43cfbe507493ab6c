import { type Destined, entryOf, hasHost } from '@datamaker/connectors';
import { ApiError } from '../../errors.ts';
import type { SealedSecret, StoredSecret } from '../../store/secrets.ts';

/** Those of some targets that a secret is not meant for. */
export const notMeant = (hosts: readonly string[], targets: readonly Destined[]): Destined[] =>
  targets.filter((target) => !hasHost(hosts, target));

/**
 * Keeps a secret from hosts that it is not meant for.
 * @param targets where it would go
 * @throws ApiError secret_not_for_host
 */
export function refuseHost(
  { id, name, hosts, project_id }: Pick<SealedSecret | StoredSecret, 'id' | 'name' | 'hosts' | 'project_id'>,
  targets: readonly Destined[],
): void {
  const diagnostics = notMeant(hosts, targets).map((target) => {
    const entry = entryOf(target) ?? target.host.slice(0, 300);
    const who = project_id === null ? 'an administrator of the workspace' : 'a member of the workspace';
    return {
      code: 'secret_not_for_host',
      pointer: '/auth/secret_ref',
      message: `the secret ${name} is not meant for ${entry}`,
      hint: `${who}, signed in or with a key that may set secrets, can add the host under Secrets or with PATCH /secrets/${id}; or take a secret that is meant for it`,
    };
  });
  const [first] = diagnostics;
  if (first !== undefined) throw new ApiError('secret_not_for_host', first.message, diagnostics);
}
