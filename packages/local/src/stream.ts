import { RowMaker } from '@datamaker/engine';
import type { Row } from 'datamaker';
import { compile } from './compile.ts';
import type { LocalOptions } from './local-options.ts';
import type { TemplateInput } from './template-input.ts';

/** Rows that are made at once. */
export const MOST_ROWS = 10_000;

/**
 * Rows of a template one at a time, in constant memory.
 * @throws DataMakerError `validation_error`, at the first row
 */
export async function* stream(template: TemplateInput, options: LocalOptions): AsyncGenerator<Row, void, undefined> {
  const { plan, from, to } = await compile(template, options);
  for (const batch of new RowMaker(plan).batches(from, to, MOST_ROWS)) yield* batch;
}
