import type { ConnectionProblem } from './connection-error.ts';
import type { Dialer } from './dial/dialer.ts';
import type { Destined } from './dial/host-list.ts';
import type { Session } from './session.ts';

export const CONNECTION_TYPES = [
  'postgres',
  'mysql',
  'mssql',
  'oracle',
  'db2',
  'mongodb',
  'rest',
  'sap_odata',
] as const;
export type ConnectionType = (typeof CONNECTION_TYPES)[number];

/** What a person says of a connection, with its secrets in it. Not to be kept, shown or logged. */
export interface ConnectionInput {
  readonly url: string;
  readonly auth?: Readonly<Record<string, unknown>> | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** What may be kept in the open and shown: the same without secrets, checked, with defaults filled in. */
export interface ConnectionConfig {
  /** Without a password, a token or anything else of that kind. */
  readonly url: string;
  /** `{ "type": "none" }` at least. */
  readonly auth: { readonly type: string; readonly [property: string]: unknown };
  readonly options: Readonly<Record<string, unknown>>;
}

/** Secrets of a connection by what they are: `password`, `token`, `client_secret`. */
export type ConnectionSecrets = Readonly<Record<string, string>>;

export interface ParsedConnection {
  readonly config: ConnectionConfig;
  readonly secrets: ConnectionSecrets;
}

/** What a system can do beyond reading and inserting rows. */
export interface Capabilities {
  /** Whether several writes are kept together or not at all. */
  readonly transactions: boolean;
  /** Whether rows may go in as CSV. */
  readonly copy: boolean;
  /** Whether statements in its own language may be sent. */
  readonly execute: boolean;
  /** Whether rows may be changed where their key is there already. */
  readonly upsert: boolean;
  /** Whether one row may carry the rows that belong to it. */
  readonly deepInsert: boolean;
  /** Whether it keeps keys between tables. */
  readonly foreignKeys: boolean;
  /** Whether each row has an outcome of its own, so that some may fail and others be kept. */
  readonly rowOutcomes: boolean;
}

/** A request to a system, as far as it may be shown. */
export interface SystemCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What answered, or why nothing did. */
  readonly outcome: number | ConnectionProblem;
}

export interface OpenOptions {
  /** The only way out. */
  readonly dialer: Dialer;
  readonly secrets: ConnectionSecrets;
  /** Whether the session refuses to change anything; where the system can do so itself, it does. */
  readonly readOnly: boolean;
  /** For connecting, and for the first answers. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each request that is sent for somebody, again with each try; what signs in is not told of. Of systems that speak HTTP. */
  readonly onCall?: ((call: SystemCall) => void) | undefined;
}

/** One kind of system that rows go to and come from. */
export interface Connector {
  readonly type: ConnectionType;
  /** As the maker writes it: `PostgreSQL`. */
  readonly label: string;
  readonly capabilities: Capabilities;
  /**
   * Checks what is said of a connection and takes its secrets out.
   * @throws ConnectionError invalid_config, naming what is wrong and never showing a secret
   */
  parse(input: ConnectionInput): ParsedConnection;
  /**
   * Where the secrets of a connection go, and what is signed with them: each host that it names, services of tokens among them.
   * @param config that `parse` made
   * @throws ConnectionError invalid_config
   */
  targets(config: ConnectionConfig): readonly Destined[];
  /** Connects and signs in. @throws ConnectionError */
  open(config: ConnectionConfig, options: OpenOptions): Promise<Session>;
}
