/** What went wrong on the way to a system, or in it. */
export const CONNECTION_PROBLEMS = {
  invalid_config: 'what is said of the connection does not fit its type',
  driver_missing: 'the driver of the system is not installed',
  target_not_allowed: 'the operator of this server does not allow connections to that address',
  dns: 'the name of the host is not known',
  refused: 'nothing listens at that address and port, or something in between says no',
  timeout: 'the system did not answer in time',
  tls: 'the encrypted connection could not be agreed upon',
  auth: 'the system does not take these credentials',
  permission: 'the credentials do not allow this',
  database: 'there is no such database, schema or service',
  not_found: 'there is no such table, entity set or path',
  constraint: 'the system refused a row by a rule of its own',
  value: 'a value does not fit its column',
  too_large: 'a row, or what the system says of itself, is larger than is taken in',
  read_only: 'the connection is for reading only',
  busy: 'the system has no room for another connection or request at the moment',
  broken: 'the connection broke',
  protocol: 'the system answered in a way that its driver does not understand',
  unknown_outcome: 'the connection broke after the system was told to keep the rows: whether it did is not known',
} as const;

export type ConnectionProblem = keyof typeof CONNECTION_PROBLEMS;

export interface ConnectionErrorOptions {
  /** What to do about it. */
  readonly hint?: string;
  /** What the driver said; it is for the log and for `message` only as far as it shows no value. */
  readonly cause?: unknown;
  /** Whether the same may go well a little later. */
  readonly isTransient?: boolean;
  /** Rows that were written and kept before it went wrong. */
  readonly written?: number;
}

/** A foreign error, translated once at the border: nothing of a password, a value or a row is in it. */
export class ConnectionError extends Error {
  readonly problem: ConnectionProblem;
  readonly hint: string | undefined;
  readonly isTransient: boolean;
  readonly written: number | undefined;

  constructor(problem: ConnectionProblem, message: string, options: ConnectionErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ConnectionError';
    this.problem = problem;
    this.hint = options.hint;
    this.written = options.written;
    this.isTransient = options.isTransient ?? ['timeout', 'busy', 'broken', 'refused'].includes(problem);
  }
}
