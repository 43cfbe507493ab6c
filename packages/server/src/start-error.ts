/** Why the server cannot start, in one line that says what to do. */
export class StartError extends Error {
  /** Stable. */
  readonly code: string;

  constructor(message: string, code = 'cannot_start') {
    super(message);
    this.name = 'StartError';
    this.code = code;
  }
}
