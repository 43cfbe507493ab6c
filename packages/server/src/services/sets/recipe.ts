import { compileTemplate, type Plan, parseTemplate } from '@datamaker/engine';
import { validationError } from '../../errors.ts';
import type { SetRecipe } from '../../store/schema.ts';

/** The plan of a recipe: the same rows whenever it is compiled. @throws ApiError validation_error */
export async function planOfRecipe(
  { template, nested, seed, count, now }: SetRecipe,
  resources: ReadonlyMap<string, readonly unknown[]> = new Map(),
): Promise<Plan> {
  const parsed = parseTemplate(template, { templates: new Map(Object.entries(nested)), resources });
  if (!parsed.ok) throw validationError(parsed.diagnostics);
  const compiled = await compileTemplate(parsed.value, { seed, rows: count, now });
  if (!compiled.ok) throw validationError(compiled.diagnostics);
  return compiled.value;
}
