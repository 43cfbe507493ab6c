import type { TurnRunner } from '../agent/turn-runner.ts';
import type { Cursors } from '../security/cursor.ts';
import type { MaskKeys } from '../security/mask-keys.ts';
import type { OidcSettings } from '../security/oidc-settings.ts';
import type { ConnectionPlaces } from '../services/connections/connection-door.ts';
import type { FilePlaces } from '../services/file-service.ts';
import type { Limiter } from '../services/limits/limiter.ts';
import type { PlanChanges } from '../services/limits/plan-changes.ts';
import type { FieldPrograms } from '../services/programs/field-programs.ts';
import type { RequestClaims } from '../services/repeats/request-claims.ts';
import type { RunPlaces } from '../services/run-service.ts';
import type { SecretVault } from '../services/secrets/secret-vault.ts';
import type { BlobStore } from '../store/blobs/blob-store.ts';
import type { Store } from '../store/open-store.ts';
import type { OpenApi } from '../tools/api/in-memory-api.ts';

/** What routes work with. */
export interface HttpContext {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly maskKeys: MaskKeys;
  /** Seals values of secrets. */
  readonly vault: SecretVault;
  readonly claims: RequestClaims;
  readonly limiter: Limiter;
  readonly blobs: BlobStore;
  readonly files: FilePlaces;
  readonly runs: RunPlaces;
  /** How systems are reached. */
  readonly connections: ConnectionPlaces;
  /** Runs functions of fields. */
  readonly programs: FieldPrograms;
  /** The API of this process, for tools that somebody calls. */
  readonly openApi: OpenApi;
  /** Works on what is said in chats. */
  readonly agent: TurnRunner;
  /** What hashes of keys, sessions and invites are made with. */
  readonly pepper: string;
  /** Who puts workspaces on plans; undefined: their owners. */
  readonly planChanges?: PlanChanges | undefined;
  /** Who vouches for people; undefined: nobody. */
  readonly oidc?: OidcSettings | undefined;
}
