import type { Row, SchemaNotice, Table } from '@datamaker/connectors';
import { isKeyed, type MaskKey } from '@datamaker/engine';
import { tableId } from '../plan/table-id.ts';
import { SeedError } from '../seed-error.ts';
import type { Destination } from './as-called.ts';
import { sayKey } from './compare-schemas.ts';
import type { MaskProblem, TableMask } from './mask-plan.ts';
import { makeMaskers } from './row-masker.ts';

/** Masks some rows: what does not fit is found before the first row is written. */
export async function tryMasks(
  tables: readonly TableMask[],
  key: MaskKey | undefined,
  samples: ReadonlyMap<string, readonly Row[]>,
): Promise<MaskProblem[]> {
  const found = new Map<string, MaskProblem>();
  const note = (error: unknown): void => {
    if (!(error instanceof SeedError)) throw error;
    const [subject = '', message = ''] = error.message.split(/: (.*)/s);
    found.set(error.message, {
      code: error.code,
      subject,
      message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  };
  try {
    const maskers = await makeMaskers(tables, key);
    for (const [id, masker] of maskers) {
      masker.tryOn(samples.get(id) ?? [], note);
    }
  } catch (error) {
    note(error);
  }
  return [...found.values()];
}

/** Masks that are made with a key, of which there is none. */
export function keyProblems(tables: readonly TableMask[], key: MaskKey | undefined): MaskProblem[] {
  if (key !== undefined) return [];
  const keyed = tables.flatMap(({ columns }) =>
    columns.filter(({ rule }) => rule !== undefined && (isKeyed(rule.strategy) || rule.strategy === 'replace')),
  );
  if (keyed.length === 0) return [];
  const names = keyed
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ');
  return [
    {
      code: 'mask_key_missing',
      subject: 'the key',
      message: `one is needed for ${names}${keyed.length > 10 ? ', …' : ''}`,
      hint: 'make one with `openssl rand -hex 32`',
    },
  ];
}

/** Foreign keys that lead out of what is copied. */
export function outside(tables: readonly Table[], byId: ReadonlyMap<string, Table>): MaskProblem[] {
  return tables.flatMap((table) =>
    table.foreignKeys
      .filter(({ to }) => !byId.has(tableId(to)))
      .map((key) => ({
        code: 'table_left_out',
        subject: tableId(table),
        message: `its ${sayKey(key)} leads to a table that is not copied`,
        hint: tables.some(({ schema }) => schema === key.to.schema)
          ? `copy ${tableId(key.to)} too`
          : `copy the schema ${key.to.schema} too`,
      })),
  );
}

/** Tables of the destination with rows in them. */
export async function notEmpty(
  destination: Destination,
  tables: readonly Table[],
  there: readonly Table[],
): Promise<MaskProblem[]> {
  const known = new Set(there.map(tableId));
  const full: MaskProblem[] = [];
  for (const table of tables) {
    if (!known.has(tableId(table))) continue;
    const rows = await destination.count(table);
    if (rows === 0) continue;
    full.push({
      code: 'destination_not_empty',
      subject: tableId(table),
      message: `the destination has ${rows.toLocaleString('en')} rows in it`,
      hint: 'say --replace to have the rows of all tables that are copied removed first, or name an empty database',
    });
  }
  return full;
}

/** A table whose engine keeps what is written, whatever comes after. */
export const notKept = ({ subject }: SchemaNotice): MaskProblem => ({
  code: 'keeps_no_transactions',
  subject,
  message:
    'its engine keeps no transactions in the destination: what is written stays, whatever is found wrong with it',
  hint: 'give the table an engine that does, such as InnoDB',
});
