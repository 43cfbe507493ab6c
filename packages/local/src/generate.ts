import { RowMaker } from '@datamaker/engine';
import type { Row, Rows } from 'datamaker';
import { compile } from './compile.ts';
import type { LocalOptions } from './local-options.ts';
import { MOST_ROWS } from './stream.ts';
import type { TemplateInput } from './template-input.ts';

/**
 * Rows of a template, in memory: those that a server gives for the same template and seed.
 * @throws DataMakerError `validation_error`, with every problem in `diagnostics`
 */
export async function generate(template: TemplateInput, options: LocalOptions): Promise<Rows> {
  const { plan, from, to } = await compile(template, options);
  const rows: Row[] = [];
  for (const batch of new RowMaker(plan).batches(from, to, MOST_ROWS)) for (const row of batch) rows.push(row);
  return Object.defineProperty(rows, 'seed', { value: plan.seed }) as unknown as Rows;
}
