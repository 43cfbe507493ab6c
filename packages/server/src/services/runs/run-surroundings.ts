import type { Cursors } from '../../security/cursor.ts';
import type { Principal } from '../../store/keys.ts';
import type { Tenant } from '../../store/tenant.ts';
import type { RunPlaces } from '../run-service.ts';
import type { SystemPlaces } from './system-places.ts';

/** What a request that is about runs of systems works with. */
export interface RunSurroundings extends Omit<SystemPlaces, 'programs'> {
  /** Of the request. */
  readonly tenant: Tenant;
  /** Transactions of its own, for what goes on beside those of the request. */
  readonly ownTenant: Tenant;
  readonly principal: Principal;
  readonly cursors: Cursors;
  readonly runs: RunPlaces;
}
