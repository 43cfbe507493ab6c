import { type Destined, entryOf } from '@datamaker/connectors';
import { conflict } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import type { Principal } from '../../store/keys.ts';
import type { Store } from '../../store/open-store.ts';
import { holdSecret, keepHosts } from '../../store/secrets.ts';
import { MAX_HOSTS } from '../secrets/host-limit.ts';
import { notMeant, refuseHost } from '../secrets/refuse-host.ts';
import { whyNotSet } from '../secrets/why-not-set.ts';
import { findNamedSecret } from './kept-secrets.ts';

/** A secret of people that a connection names. */
export interface NamedSecret {
  readonly ref: string;
  readonly connectionId: string;
  /** Where the connection leads. */
  readonly targets: readonly Destined[];
  /** Whether somebody has just said by their own hand that it is to go there: what tools and scripts say does not count. */
  readonly isByHand: boolean;
}

/**
 * Sees to it that a secret is meant for where a connection leads. Whoever may set the secret knows its value, or can replace it: by naming the
 * host they have said that it is meant for it.
 * @returns hosts that were added to those of the secret
 * @throws ApiError secret_not_for_host, conflict, validation_error
 */
export async function meanSecret(tx: Store, principal: Principal, named: NamedSecret): Promise<readonly string[]> {
  const { ref, connectionId, targets, isByHand } = named;
  const found = await findNamedSecret(tx, principal, ref);
  if (notMeant(found.hosts, targets).length === 0) return [];
  if (!isByHand || whyNotSet(principal, found) !== undefined) refuseHost(found, targets);
  // Others may be adding some at the same time.
  const held = (await holdSecret(tx, principal, ref)) ?? found;
  const lacking = notMeant(held.hosts, targets);
  const added = [...new Set(lacking.map((target) => entryOf(target) ?? ''))];
  // Whatever is no host is in no list.
  if (added.includes('')) refuseHost(held, targets);
  if (held.hosts.length + added.length > MAX_HOSTS) {
    const message = `the secret ${held.name} is meant for ${held.hosts.length} hosts, and ${MAX_HOSTS} are the most`;
    throw conflict('too_many_hosts', message, `take some from its hosts with PATCH /secrets/${held.id}`);
  }
  const { id, name, version, project_id: projectId } = held;
  await keepHosts(tx, id, [...held.hosts, ...added], principal.personId);
  const details = { name, version, changed: ['hosts'], added, connection: connectionId };
  await recordAct(tx, principal, { action: 'secret.changed', subjectId: id, projectId, details });
  return added;
}
