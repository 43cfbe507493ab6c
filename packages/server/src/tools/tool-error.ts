import type { ErrorDetail } from '../errors.ts';

/** What a tool call failed of, for whoever called it: a stable code, and what to do about it. */
export class ToolError extends Error {
  /** As of the REST API. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: readonly ErrorDetail[];
  /** Seconds after which the same call may do. */
  readonly retryAfter: number | undefined;

  constructor(
    code: string,
    message: string,
    more: {
      readonly hint?: string | undefined;
      readonly details?: readonly ErrorDetail[];
      readonly retryAfter?: number | undefined;
    } = {},
  ) {
    super(message);
    this.name = 'ToolError';
    this.code = code;
    this.hint = more.hint;
    this.details = more.details ?? [];
    this.retryAfter = more.retryAfter;
  }

  /** As it is shown to models. */
  toJSON(): object {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details.length === 0 ? {} : { details: this.details.slice(0, MOST_DETAILS) }),
      ...(this.retryAfter === undefined ? {} : { retry_after_seconds: this.retryAfter }),
    };
  }
}

/** More teach nothing. */
const MOST_DETAILS = 20;
