import type { Spool } from '../../store/blobs/spool.ts';
import type { ConnectionPlaces } from '../connections/connection-door.ts';
import type { Plans } from '../limits/plans.ts';
import type { FieldPrograms } from '../programs/field-programs.ts';
import type { SecretVault } from '../secrets/secret-vault.ts';

/** How systems are reached by who works on runs. */
export interface SystemPlaces {
  readonly connections: ConnectionPlaces;
  readonly vault: SecretVault;
  /** Runs functions of fields. */
  readonly programs: FieldPrograms;
  /** Where what is read and written on the way has room. */
  readonly spool: Spool;
}

/** The same, of who keeps what it makes for them. */
export interface PushingPlaces extends SystemPlaces {
  /** What workspaces may keep. */
  readonly plans: Plans;
}
