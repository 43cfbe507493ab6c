import type { Diagnostic } from '../template/diagnostic.ts';

/** A value that could not be made outside of the engine, or is none that a field can have: which field, in which row, and why. */
export class ExternalError extends Error {
  readonly code: string;
  readonly diagnostic: Diagnostic;
  /** The row of the template, from 0; undefined where it is not one row's. */
  readonly row: number | undefined;

  constructor(diagnostic: Diagnostic, row?: number) {
    super(diagnostic.message);
    this.name = 'ExternalError';
    this.code = diagnostic.code;
    this.diagnostic = diagnostic;
    this.row = row;
  }
}
