import type { Row, Rows, Session } from '@datamaker/connectors';
import type { MaskKey } from '@datamaker/engine';
import { SeedError } from '../seed-error.ts';
import { asCalled, type Destination } from './as-called.ts';
import type { MaskPlan, TableMask } from './mask-plan.ts';
import type { ColumnReport, MaskReport } from './mask-report.ts';
import { Originals } from './originals.ts';
import { makeMaskers, type RowMasker } from './row-masker.ts';
import { RowsDigest } from './rows-digest.ts';

export type MaskPass = 'copied' | 'keys in circles' | 'read back';

export interface MaskProgress {
  readonly table: string;
  readonly rows: number;
  readonly of: number;
  readonly pass: MaskPass;
}

export interface ApplyMaskOptions {
  readonly key?: MaskKey | undefined;
  /** Whether rows of the destination are removed first, in the same transaction. */
  readonly replace?: boolean | undefined;
  readonly onProgress?: ((progress: MaskProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that go to the destination together. */
const BATCH = 1000;
/** See `Originals`. */
const MOST_BY_CHANCE = 1;

/**
 * Copies what a plan says, in one transaction of the destination, from one of the source that is read only. The rows are read back and
 * compared before they are kept: whatever goes wrong, or breaks, the destination is as it was.
 * @throws ConnectionError; SeedError mask_not_ready, mask_personal_value, mask_strategy_does_not_fit, mask_not_verified; the signal's reason
 */
export async function applyMask(
  source: Session,
  destination: Session,
  plan: MaskPlan,
  options: ApplyMaskOptions = {},
): Promise<MaskReport> {
  const [problem] = plan.problems;
  if (problem !== undefined) {
    throw new SeedError('mask_not_ready', `${problem.subject}: ${problem.message}`, problem.hint);
  }
  await refuseSame(source, destination);
  const run = new Run(source, asCalled(destination, source.home), plan, options);
  return await source.transaction(() => destination.transaction(() => run.all()));
}

/** @throws SeedError mask_not_ready, when both are one database */
export async function refuseSame(source: Session, destination: Session): Promise<void> {
  const [here, there] = [await identityOf(source), await identityOf(destination)];
  if (here !== there) return;
  throw new SeedError('mask_not_ready', 'source and destination are the same database', 'name another one to write to');
}

async function identityOf(session: Session): Promise<string> {
  const identity = await session.identity?.();
  if (identity !== undefined) return identity;
  throw new SeedError('not_supported', 'masking is not for databases of this system');
}

interface Written {
  readonly masker: RowMasker;
  readonly digest: RowsDigest;
  readonly originals: ReadonlyMap<string, Originals>;
}

class Run {
  readonly #source: Session;
  readonly #destination: Destination;
  readonly #plan: MaskPlan;
  readonly #options: ApplyMaskOptions;

  constructor(source: Session, destination: Destination, plan: MaskPlan, options: ApplyMaskOptions) {
    this.#source = source;
    this.#destination = destination;
    this.#plan = plan;
    this.#options = options;
  }

  async all(): Promise<MaskReport> {
    const { tables } = this.#plan;
    const maskers = await makeMaskers(this.#plan.tables, this.#options.key);
    await this.#clear();
    const names = tables.map(({ table }) => table);
    const isLate = names.some(({ foreignKeys }) => foreignKeys.some(({ isDeferrable }) => isDeferrable));
    if (isLate) await this.#destination.deferKeys?.(names, this.#plan.loosened);
    const written = new Map<string, Written>();
    for (const table of tables) {
      const masker = maskers.get(table.id) as RowMasker;
      written.set(table.id, await this.#copy(table, masker));
    }
    for (const table of tables) {
      if (table.later.length > 0) await this.#fill(table, maskers.get(table.id) as RowMasker);
    }
    await this.#destination.checkKeys?.();
    const report: MaskReport['tables'][number][] = [];
    for (const table of tables) report.push(await this.#readBack(table, written.get(table.id) as Written));
    const joins = await this.#followKeys();
    for (const table of tables) await this.#advance(table);
    this.#options.signal?.throwIfAborted();
    return { tables: report, joins };
  }

  async #clear(): Promise<void> {
    const tables = this.#plan.tables.map(({ table }) => table);
    if (this.#options.replace === true && tables.length > 0) return await this.#destination.empty?.(tables);
    // Somebody may have written since the plan was made.
    for (const { id, table } of this.#plan.tables) {
      if ((await this.#destination.count(table)) === 0) continue;
      throw new SeedError(
        'mask_not_ready',
        `${id}: the destination has rows in it`,
        'say that they may be replaced, or name an empty database',
      );
    }
  }

  async #copy(table: TableMask, masker: RowMasker): Promise<Written> {
    const { signal } = this.#options;
    const of = await this.#source.count(table.table);
    const digest = new RowsDigest(table.columns.map(({ column }) => column.name));
    const originals = new Map(
      table.columns.flatMap(({ column, rule }) =>
        rule === undefined || rule.strategy === 'preserve'
          ? []
          : [[column.name, new Originals(rule.strategy, of)] as const],
      ),
    );
    const note = (column: string, value: Row[string]): void => originals.get(column)?.add(value);
    const masked = async function* (rows: AsyncIterable<Rows>): AsyncGenerator<Rows> {
      for await (const batch of rows) {
        yield batch.map((row) => {
          const made = masker.mask(row, note);
          digest.add(made);
          return table.later.length === 0
            ? made
            : { ...made, ...Object.fromEntries(table.later.map((name) => [name, null])) };
        });
      }
    };
    if (table.columns.length > 0) {
      const rows = this.#read(this.#source, table);
      await this.#destination.insert(table.table, masked(rows), {
        batchSize: BATCH,
        signal,
        onBatch: () => this.#tell(table, digest.rows, Math.max(of, digest.rows + 1), 'copied'),
      });
    }
    this.#tell(table, of, of, 'copied');
    masker.rest();
    return { masker, digest, originals };
  }

  /** Gives rows the keys that had to wait for other rows. */
  async #fill(table: TableMask, masker: RowMasker): Promise<void> {
    const { signal } = this.#options;
    const isLate = (row: Row): boolean => table.later.some((name) => (row[name] ?? null) !== null);
    const late = async function* (rows: AsyncIterable<Rows>): AsyncGenerator<Rows> {
      for await (const batch of rows) {
        const some = batch.filter(isLate).map((row) => masker.again(row));
        if (some.length > 0) yield some;
      }
    };
    let rows = 0;
    await this.#destination.insert(table.table, late(this.#read(this.#source, table)), {
      onConflict: 'update',
      key: table.table.primaryKey?.columns,
      batchSize: BATCH,
      signal,
      onBatch: ({ sent }) => {
        rows += sent;
        this.#tell(table, rows, table.rows + 1, 'keys in circles');
      },
    });
    this.#tell(table, rows, rows, 'keys in circles');
  }

  async #readBack(table: TableMask, { masker, digest, originals }: Written): Promise<MaskReport['tables'][number]> {
    const back = new RowsDigest(table.columns.map(({ column }) => column.name));
    for await (const rows of this.#read(this.#destination, table)) {
      for (const row of rows) {
        back.add(row);
        for (const [column, some] of originals) some.look(row[column] ?? null);
      }
      this.#tell(table, back.rows, Math.max(digest.rows, back.rows + 1), 'read back');
    }
    for (const [column, { found, size }] of originals) {
      if (found <= MOST_BY_CHANCE) continue;
      throw new SeedError(
        'mask_not_verified',
        `${table.id}.${column}: ${found} of ${size} values of the source were found in the destination`,
        'nothing was kept; a trigger or a default of the destination may have brought them there',
      );
    }
    if (back.rows !== digest.rows) {
      throw new SeedError(
        'mask_not_verified',
        `${table.id}: ${digest.rows} rows were written, and ${back.rows} are there`,
        'nothing was kept; triggers or rules of the destination may change rows',
      );
    }
    if (back.checksum !== digest.checksum) {
      throw new SeedError(
        'mask_not_verified',
        `${table.id}: some rows are not there as they were written`,
        'nothing was kept; triggers or rules of the destination may change rows',
      );
    }
    this.#tell(table, back.rows, back.rows, 'read back');
    const counts = masker.counts;
    const columns = table.columns.flatMap(({ column, rule, fakeType }): ColumnReport[] => {
      if (rule === undefined) return [];
      const count = counts.get(column.name) ?? { values: 0, nulls: 0, unchanged: 0 };
      return [
        {
          column: column.name,
          strategy: rule.strategy,
          ...(fakeType === undefined ? {} : { type: fakeType }),
          ...count,
          found: originals.get(column.name)?.found ?? 0,
          lookedFor: originals.get(column.name)?.size ?? 0,
        },
      ];
    });
    return { table: table.id, rows: back.rows, checksum: back.checksum, columns };
  }

  /** Also keys that the database was told not to check. */
  async #followKeys(): Promise<number> {
    for (const { table, key } of this.#plan.keys) {
      this.#options.signal?.throwIfAborted();
      const count = async (session: Destination): Promise<number> => (await session.orphans?.(table, key)) ?? 0;
      const there = await count(this.#destination);
      if (there === 0 || there === (await count(this.#source))) continue;
      throw new SeedError(
        'mask_not_verified',
        `${table.name}: ${there} rows lead to none by ${key.name}`,
        'nothing was kept',
      );
    }
    return this.#plan.keys.length;
  }

  /** Has counters go on behind the keys that were copied. */
  async #advance(table: TableMask): Promise<void> {
    const session = this.#destination;
    if (session.greatest === undefined || session.advance === undefined) return;
    for (const { column } of table.columns) {
      if (column.generated === null || column.kind !== 'integer') continue;
      const last = await session.greatest(table.table, column.name);
      if (typeof last === 'number' || typeof last === 'bigint')
        await session.advance(table.table, column.name, BigInt(last));
    }
  }

  #read(session: Destination, table: TableMask): AsyncIterable<Rows> {
    const columns = table.columns.map(({ column }) => column.name);
    return session.read({ table: table.table, columns, signal: this.#options.signal });
  }

  #tell(table: TableMask, rows: number, of: number, pass: MaskPass): void {
    this.#options.onProgress?.({ table: table.id, rows, of, pass });
  }
}
