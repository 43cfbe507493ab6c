import type { ExternalMaker } from '../external/external-maker.ts';
import type { FormatOptions } from '../format/format-options.ts';

export interface Progress {
  /** Rows produced so far; whole stretches only, so it moves in steps. */
  readonly rows: number;
  readonly bytes: number;
}

export interface RunOptions {
  readonly format: FormatOptions;
  /** First row, default 0. */
  readonly from?: number;
  /** Row after the last. */
  readonly to: number;
  /** Threads that make rows, the calling one among them. Default 1. The bytes are the same for any number. */
  readonly threads?: number;
  /** Makes the fields of the plan that are made outside of the engine; needed where there are any. */
  readonly external?: ExternalMaker | undefined;
  /** Ends the run with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
