import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Receipt, SeedPlan } from '@datamaker/seeding';
import { type WrittenTable, writtenTables } from '@datamaker/seeding/records';
import type { KeptReceipt } from '../../store/seed-receipts.ts';

const [pack, unpack] = [promisify(deflate), promisify(inflate)];

export const packPlan = (plan: SeedPlan): Promise<Buffer> => pack(JSON.stringify(plan));

export async function openReceipt({ plan, chunks }: Pick<KeptReceipt, 'plan' | 'chunks'>): Promise<Receipt> {
  return { version: 1, plan: JSON.parse((await unpack(plan)).toString()) as SeedPlan, chunks };
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
