import { compileTemplate } from '../../compile/compile-template.ts';
import type { FormatOptions } from '../../format/format-options.ts';
import type { Plan } from '../../plan/plan.ts';
import { generateBytes } from '../../rows/generate-bytes.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';

export interface TestField {
  readonly name: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What `sample` fields pick from. */
export const RESOURCES = new Map([
  ['customers.csv', Array.from({ length: 50 }, (_, i) => ({ number: `DE-${4700 + i}`, name: `n${i}` }))],
]);

/** The plan of a template given as fields; fails the test when it does not compile. */
export async function planOf(fields: readonly TestField[], seed = 'test', now = Date.UTC(2026, 0, 1)): Promise<Plan> {
  const parsed = parseTemplate({ name: 'test', fields }, { resources: RESOURCES });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await compileTemplate(parsed.value, { seed, now });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.value;
}

/** The values of one field in rows [from, to). */
export async function valuesOf(
  type: string,
  options: Readonly<Record<string, unknown>>,
  count: number,
  seed = 'test',
): Promise<unknown[]> {
  const plan = await planOf([{ name: 'v', type, options }], seed);
  return generateRows(plan, 0, count).map((row) => row['v']);
}

/** The output of rows [from, to) in one text. */
export function textOf(plan: Plan, format: FormatOptions, from: number, to: number): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of generateBytes(plan, format, from, to)) text += decoder.decode(chunk, { stream: true });
  return text;
}
