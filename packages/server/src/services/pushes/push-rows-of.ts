import type { Row, Rows } from '@datamaker/connectors';
import { RowMaker } from '@datamaker/engine';
import type { PushPlan } from '../../store/push-receipt-table.ts';
import type { Tenant } from '../../store/tenant.ts';
import { renamed } from '../connections/push-rows.ts';
import { prepareRows } from '../generation-service.ts';
import { RememberedTemplates } from '../runs/recorded-templates.ts';

/** Rows that are made at a time. */
const MADE = 1000;

/** The rows of a push: row i is the same whenever it is made. */
export class PushRows {
  readonly #maker: RowMaker;
  readonly #columns: PushPlan['columns'];

  private constructor(maker: RowMaker, columns: PushPlan['columns']) {
    this.#maker = maker;
    this.#columns = columns;
  }

  /** @throws ApiError validation_error, when sets that the template picks from are gone */
  static async open(push: PushPlan, tenant: Tenant, projectId: string): Promise<PushRows> {
    const { template, nested, from, to, seed, overrides, now } = push;
    const templates = new RememberedTemplates({ tenant, projectId }, nested);
    const request = { from, to, seed, ...(overrides === null ? {} : { overrides }) };
    const { plan } = await prepareRows(template, request, templates, now, 'refuse');
    return new PushRows(new RowMaker(plan), push.columns);
  }

  /** Rows [from, to), as the table takes them, some at a time. */
  *between(from: number, to: number): Generator<Rows> {
    for (const made of this.#maker.batches(from, to, MADE)) yield* renamed([made as Row[]], this.#columns);
  }

  /** The rows with these numbers, which all are in [from, to). */
  chosen(from: number, to: number, numbers: readonly number[]): Row[] {
    const all = [...this.between(from, to)].flat();
    return numbers.map((number) => all[number - from] as Row);
  }
}
