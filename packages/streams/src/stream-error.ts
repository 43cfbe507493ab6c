import type { Message } from './messages/message.ts';

/** What can become of a stream, by stable names. */
export type StreamProblem =
  | 'client_missing'
  | 'invalid_target'
  | 'target_refused'
  | 'target_unreachable'
  | 'row_too_large';

/** Why rows were not taken. Its message holds neither rows nor what is secret in a URL. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly code: StreamProblem;
  readonly hint: string | undefined;
  /** Whether the same rows may be taken later. */
  readonly mayPass: boolean;
  /** How long the target asks to be left alone, in milliseconds. */
  readonly pauseMs: number;
  /** Messages that may have arrived though nobody said so; undefined: all that were sent and are not acknowledged. */
  readonly doubtful: readonly Message[] | undefined;

  constructor(
    code: StreamProblem,
    message: string,
    details: {
      hint?: string;
      mayPass?: boolean;
      pauseMs?: number;
      doubtful?: readonly Message[];
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.mayPass = details.mayPass ?? false;
    this.pauseMs = details.pauseMs ?? 0;
    this.doubtful = details.doubtful;
  }
}
