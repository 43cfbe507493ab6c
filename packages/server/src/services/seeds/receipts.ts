import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Receipt, SeedPlan } from '@datamaker/seeding';
import { type WrittenTable, writtenTables } from '@datamaker/seeding/records';
import type { KeptReceipt } from '../../store/seed-receipts.ts';

const [pack, unpack] = [promisify(deflate), promisify(inflate)];

export const packPlan = (plan: SeedPlan): Promise<Buffer> => pack(JSON.stringify(plan));

export async function openReceipt({
  plan,
  chunks,
  begun,
}: Pick<KeptReceipt, 'plan' | 'chunks' | 'begun'>): Promise<Receipt> {
  const opened = JSON.parse((await unpack(plan)).toString()) as SeedPlan;
  return { version: 1, plan: opened, chunks, ...(begun === null ? {} : { begun }) };
}

/** How many rows may have been written that nothing tells apart. */
export const doubtfulRows = ({ begun }: Receipt): number => (begun === undefined ? 0 : begun.to - begun.from);

/** The receipt after somebody has said what becomes of rows in doubt: they are written (again), or taken for written. */
export function withDoubtDecided({ begun, ...receipt }: Receipt, unknown: 'resend' | 'skip' | undefined): Receipt {
  if (begun === undefined) return receipt;
  if (unknown === undefined) return { ...receipt, begun };
  return unknown === 'resend' ? receipt : { ...receipt, chunks: [...receipt.chunks, begun] };
}

/** How far a seed came. */
export interface SeedResult {
  readonly rows: number;
  readonly tables: readonly WrittenTable[];
  /** Whether columns of circles are being filled, after all rows. */
  readonly closing: boolean;
}

export function resultOf(receipt: Receipt): SeedResult {
  const tables = writtenTables(receipt);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, tables, closing: receipt.chunks.some(({ pass }) => pass === 'final') };
}
