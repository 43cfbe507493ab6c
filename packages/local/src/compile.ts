import {
  compileTemplate,
  type Diagnostic,
  limits,
  type Plan,
  parseCount,
  parseSeed,
  parseTemplate,
} from '@datamaker/engine';
import { invalid } from './invalid.ts';
import type { LocalOptions } from './local-options.ts';
import type { TemplateInput } from './template-input.ts';

/** A template that is ready, and which of its rows are wanted: [from, to). */
export interface CompiledRows {
  readonly plan: Plan;
  readonly from: number;
  readonly to: number;
}

/** Checks and compiles a template. @throws DataMakerError `validation_error`, with all that is wrong */
export async function compile(template: TemplateInput, options: LocalOptions): Promise<CompiledRows> {
  const diagnostics: Diagnostic[] = [];
  const count = parseCount(options.count);
  if (!count.ok) diagnostics.push(...count.diagnostics);
  const from = options.from ?? 0;
  if (!Number.isSafeInteger(from) || from < 0 || from > limits.MAX_ROWS) {
    diagnostics.push({ code: 'invalid_from', pointer: '/from', message: 'from has to be a whole number from 0 on' });
  }
  const to = from + (count.ok ? count.value : 0);
  const plan = await compilePlan(template, { ...options, rows: to }, diagnostics);
  return { plan, from, to };
}

/** The same without rows: `rows` is how many there may be, so that unique fields that cannot give as many are refused. */
export async function compilePlan(
  template: TemplateInput,
  { seed, now, templates, rows }: Omit<LocalOptions, 'count'> & { readonly rows?: number },
  diagnostics: Diagnostic[] = [],
): Promise<Plan> {
  const text = seed === undefined ? undefined : parseSeed(seed);
  if (text?.ok === false) diagnostics.push(...text.diagnostics);
  const parsed = parseTemplate(template, { templates: new Map(Object.entries(templates ?? {})) });
  if (!parsed.ok) diagnostics.push(...parsed.diagnostics);
  if (!parsed.ok || diagnostics.length > 0) throw invalid(diagnostics);
  const compiled = await compileTemplate(parsed.value, {
    ...(text?.ok ? { seed: text.value } : {}),
    ...(rows === undefined ? {} : { rows }),
    ...(now === undefined ? {} : { now: now.getTime() }),
  });
  if (!compiled.ok) throw invalid(compiled.diagnostics);
  return compiled.value;
}
