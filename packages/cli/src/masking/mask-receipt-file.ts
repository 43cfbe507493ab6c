import type { MaskReport, SeedTarget } from '@datamaker/seeding';
import { writeWhole } from '../output/write-whole.ts';

/** `running` in a file that nobody changes any more: the program died, and the database has kept nothing. */
export type MaskState = 'running' | 'done' | 'failed' | 'cancelled' | 'unknown';

export interface MaskEnds {
  readonly source: SeedTarget;
  readonly destination: SeedTarget;
}

/** What was masked, in a file: tables, columns and counts, without values, keys or passwords. */
export class MaskReceiptFile {
  readonly path: string;
  readonly #ends: MaskEnds;
  readonly #startedAt = new Date().toISOString();

  constructor(path: string, ends: MaskEnds) {
    this.path = path;
    this.#ends = ends;
  }

  /** @throws CommandError */
  async keep(state: MaskState, report?: MaskReport): Promise<void> {
    const document = {
      kind: 'datamaker-mask',
      version: 1,
      state,
      ...this.#ends,
      startedAt: this.#startedAt,
      updatedAt: new Date().toISOString(),
      ...(report === undefined ? {} : { report }),
    };
    await writeWhole(this.path, document, `the receipt ${this.path}`);
  }
}
