import { SeedError } from '../seed-error.ts';
import { type Receipt, writtenRows } from './receipt.ts';

/** Where a seed went: the system, without anything secret. */
export interface SeedTarget {
  readonly type: string;
  /** Without user and password. */
  readonly url: string;
  readonly user?: string | undefined;
  /** The schemas that were filled. */
  readonly schemas?: readonly string[] | undefined;
}

export interface WrittenTable {
  readonly table: string;
  /** How many rows are known to be written. */
  readonly rows: number;
  /** How many were planned. */
  readonly of: number;
}

/** A receipt as it is handed out and kept in files, with what people want to know of it. */
export interface ReceiptDocument {
  readonly kind: typeof RECEIPT_KIND;
  readonly version: 1;
  /** `running`, `done`, `failed`, `cancelled`, … */
  readonly state: string;
  readonly target: SeedTarget;
  readonly mode: 'chunks' | 'transaction';
  readonly rows: number;
  readonly tables: readonly WrittenTable[];
  /** RFC 3339. */
  readonly updatedAt: string;
  readonly undo: { readonly undoneAt: string | null } | null;
  readonly receipt: Receipt;
}

export const RECEIPT_KIND = 'datamaker/seed-receipt';

/** How far a run came, by table. */
export const writtenTables = (receipt: Receipt): WrittenTable[] =>
  receipt.plan.tables.map(({ id, rows }) => ({ table: id, rows: writtenRows(receipt, id, 'first'), of: rows }));

/**
 * Reads what was kept in a file.
 * @throws SeedError receipt_does_not_fit, when it is none
 */
export function readReceiptDocument(value: unknown): ReceiptDocument {
  const { kind, version, target, mode, receipt } = record(value, 'it');
  if (kind !== RECEIPT_KIND) throw wrong(`its \`kind\` is not ${RECEIPT_KIND}`);
  if (version !== 1) throw wrong('it is of another version of the program');
  const { type, url, user, schemas } = record(target, '`target`');
  for (const text of [type, url]) if (typeof text !== 'string') throw wrong('`target` has no type and url');
  if (user !== undefined && typeof user !== 'string') throw wrong('`target.user` is no text');
  if (schemas !== undefined) texts(schemas, '`target.schemas`');
  if (mode !== 'chunks' && mode !== 'transaction') throw wrong('`mode` is neither chunks nor transaction');
  const inner = record(receipt, '`receipt`');
  if (inner['version'] !== 1) throw wrong('`receipt.version` is not 1');
  const { seed, now, tables } = record(inner['plan'], '`receipt.plan`');
  if (typeof seed !== 'string' || typeof now !== 'number') throw wrong('`receipt.plan` has no seed and time');
  const ids = new Set(list(tables, '`receipt.plan.tables`').map(checkTable));
  for (const chunk of list(inner['chunks'], '`receipt.chunks`')) {
    const { table, from, to, pass } = record(chunk, 'a chunk');
    const isRange = isCount(from) && isCount(to) && from <= to;
    if (!ids.has(table as string) || !isRange || (pass !== 'first' && pass !== 'final')) throw wrong('a chunk is none');
  }
  return value as ReceiptDocument;
}

function checkTable(value: unknown): string {
  const { id, rows, table, columns, identity, later, keys, links } = record(value, 'a table of the plan');
  const { schema, name } = record(table, 'the name of a table');
  if (typeof id !== 'string' || typeof schema !== 'string' || typeof name !== 'string' || !isCount(rows)) {
    throw wrong('a table of the plan has no name or no rows');
  }
  for (const [what, all] of Object.entries({ columns, identity, later })) texts(all, `\`${what}\` of ${id}`);
  for (const [what, all] of Object.entries({ keys, links })) {
    for (const one of list(all, `\`${what}\` of ${id}`)) record(one, `\`${what}\` of ${id}`);
  }
  return id;
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(`${what} is no object`);
}

function list(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(`${what} is no list`);
}

function texts(value: unknown, what: string): void {
  if (list(value, what).some((one) => typeof one !== 'string')) throw wrong(`${what} is no list of texts`);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const wrong = (message: string): SeedError =>
  new SeedError('receipt_does_not_fit', message, 'name the file that `datamaker seed` or GET /runs/{id}/receipt gave');
