import { readFileSync, statSync } from 'node:fs';
import type { Receipt, ReceiptDocument, SeedTarget } from '@datamaker/seeding';
import { badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { writeWhole } from '../output/write-whole.ts';
import { toCommandError } from './to-command-error.ts';

/** More than a receipt of thousands of tables has. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What of a receipt stays the same while rows are written. */
export interface ReceiptHead {
  readonly target: SeedTarget;
  readonly mode: 'chunks' | 'transaction';
}

/**
 * A receipt in a file. Each state of it is written beside the file, brought to the disk and renamed: whenever the program dies, the file
 * is whole and says how far it came.
 */
export class ReceiptFile {
  readonly path: string;
  readonly #head: ReceiptHead;

  constructor(path: string, head: ReceiptHead) {
    this.path = path;
    this.#head = head;
  }

  /** @throws CommandError */
  async keep(receipt: Receipt, state: string): Promise<void> {
    const { RECEIPT_KIND, writtenTables } = await import('@datamaker/seeding');
    const tables = writtenTables(receipt);
    const document: ReceiptDocument = {
      kind: RECEIPT_KIND,
      version: 1,
      state,
      ...this.#head,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      tables,
      updatedAt: new Date().toISOString(),
      undo: null,
      receipt,
    };
    await writeReceipt(this.path, document);
  }
}

/** Replaces the file as a whole. @throws CommandError */
export const writeReceipt = (path: string, document: ReceiptDocument): Promise<void> =>
  writeWhole(path, document, `the receipt ${path}`);

/** @throws CommandError when there is none, or it is none */
export async function readReceipt(path: string): Promise<ReceiptDocument> {
  const { readReceiptDocument } = await import('@datamaker/seeding');
  const text = await explain(`${path} could not be read`, () => {
    if (statSync(path).size > MOST_BYTES) throw noReceipt(path, 'it is too large');
    return readFileSync(path, 'utf8');
  });
  try {
    return readReceiptDocument(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw noReceipt(path, 'it is no JSON');
    const { name, message } = error as Error;
    throw name === 'SeedError' ? noReceipt(path, message) : toCommandError(error);
  }
}

const noReceipt = (path: string, message: string): Error =>
  badInput(path, [
    {
      code: 'not_a_receipt',
      message: `it is no receipt of a seed: ${message}`,
      hint: 'name the file that `datamaker seed` wrote, or GET /runs/{id}/receipt gave',
    },
  ]);
