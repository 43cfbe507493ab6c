import { join } from 'node:path';
import type { Target } from '../targets.ts';

/** What a measurement apart from the comparison gives. */
export interface Figure {
  readonly targets: readonly Target[];
  /** Lines to print, such as a table. */
  readonly text: string;
  /** For the JSON file. */
  readonly data: unknown;
}

/** The command line program of the checkout. */
export const program = join(import.meta.dirname, '..', '..', '..', 'packages', 'cli', 'bin', 'datamaker.mjs');

export const milliseconds = (value: number): string => `${Math.round(value)} ms`;
export const megabytes = (value: number): string => `${Math.round(value / 1e6)} MB`;
