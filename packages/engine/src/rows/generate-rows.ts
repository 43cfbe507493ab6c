import type { Plan } from '../plan/plan.ts';
import { generateBytes } from './generate-bytes.ts';

/** Rows [from, to) as values: for previews and small ranges, since all are in memory at once; a `RowMaker` is for more. */
export function generateRows(plan: Plan, from: number, to: number): Record<string, unknown>[] {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of generateBytes(plan, { format: 'json' }, from, to))
    text += decoder.decode(chunk, { stream: true });
  return JSON.parse(text) as Record<string, unknown>[];
}
