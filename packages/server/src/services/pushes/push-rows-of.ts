import type { Row, Rows } from '@datamaker/connectors';
import {
  hasExternal,
  type Plan,
  prepareGenerator,
  type ResidentGenerator,
  RowMaker,
  type ScalarKind,
  scalarKinds,
} from '@datamaker/engine';
import { conflict } from '../../errors.ts';
import type { PushPlan } from '../../store/push-receipt-table.ts';
import type { KeptPush } from '../../store/push-receipts.ts';
import { renamed } from '../connections/push-rows.ts';
import { prepareRows } from '../generation-service.ts';
import type { RowRange } from '../row-range.ts';
import { RememberedTemplates } from '../runs/recorded-templates.ts';
import { fetchValues, type ValuePlaces } from './fetch-values.ts';
import type { MadeValues } from './made-values.ts';

/** Rows that are made at a time. */
const MADE = 1000;

/** Where the rows of a push are made. */
export interface RowPlaces extends ValuePlaces {
  readonly projectId: string;
}

/** The rows of a push: row i is the same whenever it is made. */
export class PushRows {
  readonly #maker: RowMaker;
  readonly #columns: PushPlan['columns'];
  readonly #values: MadeValues | undefined;
  readonly #plan: Plan;
  /** Made when CSV is asked for. */
  #generator: ResidentGenerator | undefined;

  private constructor(plan: Plan, maker: RowMaker, columns: PushPlan['columns'], values: MadeValues | undefined) {
    this.#plan = plan;
    this.#maker = maker;
    this.#columns = columns;
    this.#values = values;
  }

  /**
   * What all values of each column are, in the order of `csv`; undefined: rows are not to be had as CSV that says the same, or not all
   * of their fields go into the table.
   */
  get kinds(): ReadonlyMap<string, ScalarKind> | undefined {
    if (this.#values !== undefined || this.#plan.negative !== undefined) return undefined;
    const kinds = new Map<string, ScalarKind>();
    for (const [field, kind] of scalarKinds(this.#plan) ?? []) {
      const column = Object.hasOwn(this.#columns, field) ? this.#columns[field] : null;
      if (typeof column !== 'string' || kinds.has(column)) return undefined;
      kinds.set(column, kind);
    }
    return kinds.size === 0 ? undefined : kinds;
  }

  /** Rows [from, to) as CSV without a header, where there are `kinds`: null is empty, all texts are in quotes. Chunks are valid until the next. */
  csv(from: number, to: number): Iterable<Uint8Array> {
    this.#generator ??= prepareGenerator(this.#plan, { format: 'csv', header: false, quoting: 'all' });
    return this.#generator.bytes(this.#plan.seed, from, to);
  }

  /**
   * Whoever opens rows closes them.
   * @param makeValues has programs make what they have a part in, where that is not kept yet; undefined: then no row was sent either, and none
   * is asked for
   * @throws ApiError validation_error, when sets that the template picks from are gone; conflict, when the rows were taken back and are not to be had; what `makeValues` throws
   */
  static async open(
    { plan: push, values: kept, undoneAt }: Pick<KeptPush, 'plan' | 'values' | 'undoneAt'>,
    places: RowPlaces,
    makeValues?: (plan: Plan, range: RowRange) => Promise<MadeValues>,
  ): Promise<PushRows> {
    const { template, nested, from, to, seed, overrides, now } = push;
    const templates = new RememberedTemplates(places, nested);
    const request = { from, to, seed, ...(overrides === null ? {} : { overrides }) };
    const { plan, range } = await prepareRows(template, request, templates, now, 'refuse');
    // What may fail is first: a file that was opened is somebody's to close.
    const maker = new RowMaker(plan);
    if (kept === null && undoneAt !== null && hasExternal(plan))
      throw conflict(
        'rows_were_taken_back',
        'its rows were taken back, and what programs made for them is kept no more',
        'push the template again',
      );
    const isMadeHere = kept === null && hasExternal(plan);
    const values =
      kept !== null ? await fetchValues(places, kept, from) : isMadeHere && (await makeValues?.(plan, range));
    return new PushRows(plan, maker, push.columns, values || undefined);
  }

  /** Rows [from, to), as the table takes them, some at a time. */
  *between(from: number, to: number): Generator<Rows> {
    const values = this.#values;
    for (let at = from; at < to; ) {
      const end = values === undefined ? to : Math.min(to, values.endOf(at));
      for (const made of this.#maker.batches(at, end, MADE, values?.of(at)))
        yield* renamed([made as Row[]], this.#columns);
      at = end;
    }
  }

  /** The rows with these numbers, which all are in [from, to). */
  chosen(from: number, to: number, numbers: readonly number[]): Row[] {
    const all = [...this.between(from, to)].flat();
    return numbers.map((number) => all[number - from] as Row);
  }

  close(): void {
    this.#values?.close();
  }
}
