import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** What is said of a connection without its secrets; see `ConnectionConfig` of the connectors. */
export interface KeptConfig {
  readonly url: string;
  readonly auth: { readonly type: string; readonly [property: string]: unknown };
  readonly options: Readonly<Record<string, unknown>>;
}

/** What came of the last try to connect. */
export interface Verification {
  readonly status: 'verified' | 'unverified';
  /** Why not; one of the connectors' problems. */
  readonly problem: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  /** What answered. */
  readonly server: { readonly product: string; readonly version: string; readonly notes: readonly string[] } | null;
  /** RFC 3339. */
  readonly at: string;
}

type Moment = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface ConnectionTable {
  id: string;
  workspace_id: string;
  project_id: string;
  ordinal: Generated<string>;
  name: string;
  /** One more with each change. */
  version: Generated<number>;
  type: string;
  config: JSONColumnType<KeptConfig, string, string>;
  read_only: boolean;
  /** Its own; all of them together in one value. */
  secret_id: string | null;
  /** One of people's, in place of its own. */
  secret_ref: string | null;
  verification: JSONColumnType<Verification, string | null, string | null> | null;
  /** When it was last reached. */
  verified_at: OptionalMoment;
  /** What the system says of its tables, as JSON, deflated. */
  catalogue: Buffer | null;
  /** Names of the tables in it. */
  catalogue_names: JSONColumnType<readonly string[], string | null, string | null> | null;
  catalogue_at: OptionalMoment;
  created_at: Moment;
  created_by: string;
  updated_at: Moment;
  updated_by: string;
  deleted_at: OptionalMoment;
  purge_at: OptionalMoment;
}
