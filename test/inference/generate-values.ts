import { compileTemplate, type Diagnostic, generateRows, parseTemplate } from '@datamaker/engine';
import { type Inference, inferTemplate } from '@datamaker/engine/infer';
import type { LabelledTable } from './read-tables.ts';

/** As many as a person looks at; the labels are judged by shares of them. */
const ROWS = 30;
const SEED = 'inference-bench';
/** What "now" means, so that a run can be repeated. */
const NOW = Date.UTC(2026, 0, 1);

/** A table's rows, or why there are none. */
export type Generated =
  | { readonly inference: Inference; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly inference: Inference | undefined; readonly fault: string };

/** What is inferred from the names of a table's columns, its hint and its locale: nothing else of it. */
export const inferTable = ({ columns, domainHint, locale, table }: LabelledTable): Inference =>
  inferTemplate(
    columns.map(({ name }) => name),
    { locale, table, ...(domainHint === undefined ? {} : { domainHint }) },
  );

/** Infers a table's fields and generates rows of them, as every client gets them. A table that cannot be generated is a fault. */
export async function generateValues(table: LabelledTable): Promise<Generated> {
  let inference: Inference | undefined;
  try {
    inference = inferTable(table);
    const fields = inference.fields.map(({ name, type, options }) => ({ name, type, options }));
    const template = parseTemplate({ locale: inference.locale, fields });
    if (!template.ok) return { inference, fault: faultOf(template.diagnostics) };
    const plan = await compileTemplate(template.value, { seed: SEED, rows: ROWS, now: NOW });
    if (!plan.ok) return { inference, fault: faultOf(plan.diagnostics) };
    return { inference, rows: generateRows(plan.value, 0, ROWS) };
  } catch (error) {
    return { inference, fault: String(error) };
  }
}

const faultOf = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map(({ code, pointer, message }) => `${code} at ${pointer || '/'}: ${message}`).join('; ');
