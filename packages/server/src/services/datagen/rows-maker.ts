import { type FormatOptions, generateFile, type Plan } from '@datamaker/engine';
import { pump } from '@datamaker/engine/run';

/** Above so many values the rows are made by the process's worker threads, so that others are answered meanwhile. */
const MAX_VALUES_HERE = 20_000;

/** Rows of a plan as bytes: the one place of this door that generates. */
export class RowsMaker {
  /** Whether rows are few enough to be made at once, in memory. */
  isSmall = (plan: Plan, rows: number): boolean => plan.fields.length * rows <= MAX_VALUES_HERE;

  /** The output of rows [from, to). */
  async bytes(plan: Plan, format: FormatOptions, from: number, to: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    // A chunk is valid until the next.
    for await (const chunk of generateFile(plan, format, from, to)) chunks.push(Buffer.from(chunk));
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  }

  /** The output of the first rows, no faster than it is taken. @returns how many rows were made when it ended early */
  async pump(
    plan: Plan,
    format: FormatOptions,
    rows: number,
    take: (chunk: Uint8Array) => Promise<void>,
    signal: AbortSignal,
    onRows: (rows: number) => void,
  ): Promise<void> {
    await pump(plan, { format, to: rows, signal, onProgress: (progress) => onRows(progress.rows) }, take);
  }
}
