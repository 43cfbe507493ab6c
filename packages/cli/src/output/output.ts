/** Where the bytes of a run go. */
export interface Output {
  /** What messages call it. */
  readonly name: string;
  /** Whether what is written shows up on a terminal. */
  readonly isTerminal: boolean;
  /** Takes a chunk; the chunk may be used again once this has returned, or its promise has settled. */
  write(chunk: Uint8Array): void | Promise<void>;
  /** Says that all is written: only now does a file appear under its name. */
  commit(): void | Promise<void>;
}

/** Thrown by `write` when the reader at the other end has gone. */
export class ReaderGone extends Error {
  constructor() {
    super('the reader of the output has closed it');
  }
}
