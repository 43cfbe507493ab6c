import type { SecretVault } from '../../services/secrets/secret-vault.ts';
import type { Store } from '../../store/open-store.ts';

/** What is written all over the rows of each part, to be found where it should not be. */
export const MARKS = {
  first: 'canary-first-project',
  other: 'canary-other-project',
  foreign: 'canary-foreign',
} as const;

/** Where something is made. */
export interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly mark: string;
  /** Who holds keys and sessions there. */
  readonly personId: string;
}

/** Where the systems of connections are. */
export interface WorldTarget {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** What things are made with. */
export interface Workshop {
  readonly store: Store;
  readonly pepper: string;
  /** Where the bytes of files are. */
  readonly files: string;
  readonly vault: SecretVault;
  readonly target: WorldTarget;
}

export const HOUR = 3_600_000;

/** Columns of what was deleted this moment, and is there for a day. */
export const deletedNow = () => ({ deleted_at: new Date(), purge_at: new Date(Date.now() + 24 * HOUR) });

let made = 0;

/** Another number each time, for names that are taken once. */
export const nextNumber = (): number => ++made;
