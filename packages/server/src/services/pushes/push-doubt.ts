import { RunFailure } from '../runs/run-failure.ts';

/** It is not known whether rows have arrived, and nothing tells: somebody has to look. */
export class PushDoubt extends RunFailure {
  constructor(from: number, to: number, rows: number) {
    super(
      'unknown_outcome',
      `whether ${rows} of the rows ${from} to ${to - 1} arrived is not known: look into the system, then go on with POST /runs/{id}/resume and "unknown": "resend" or "skip"`,
    );
  }
}
