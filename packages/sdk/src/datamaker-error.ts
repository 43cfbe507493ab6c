import type { Error as ErrorBody } from './generated/api.ts';

/** What the server says went wrong, or what this package does: `network_error`, `timeout`, `invalid_argument`, `not_configured`, `invalid_answer`, `run_failed`, `error`. */
export type ErrorCode = ErrorBody['error']['code'] | OwnCode | (string & {});
type OwnCode =
  | 'network_error'
  | 'timeout'
  | 'invalid_argument'
  | 'not_configured'
  | 'invalid_answer'
  | 'run_failed'
  | 'error';

/** What is wrong at one place of what was sent. */
export interface Diagnostic {
  readonly code: string;
  /** A JSON pointer into the body. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly status?: number | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** Something went wrong. Decide by `code`, which is stable, and never by the message. Aborting throws the reason of the signal instead. */
export class DataMakerError extends Error {
  override readonly name = 'DataMakerError';
  readonly code: ErrorCode;
  /** Of HTTP, where a server answered. */
  readonly status: number | undefined;
  /** What the server says beside the message. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;
  /** Seconds after which the server expects to do what it refused. */
  readonly retryAfter: number | undefined;

  constructor(facts: ErrorFacts) {
    super(facts.message, { cause: facts.cause });
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details ?? {};
    this.requestId = facts.requestId;
    this.retryAfter = facts.retryAfter;
  }

  /** What is wrong, place by place. */
  get diagnostics(): readonly Diagnostic[] {
    const { diagnostics } = this.details;
    return Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [];
  }
}
