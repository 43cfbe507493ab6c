import { type CompileOptions, compileTemplate, type Plan, parseTemplate, responsesOf } from '@datamaker/engine';
import { validationError } from '../../errors.ts';
import type { SetRecipe } from '../../store/schema.ts';
import type { Respond } from '../compiled-templates.ts';

/**
 * The plan of a recipe: the same rows whenever it is compiled.
 * @param respond gives what fields pick from that systems answer: no recipe that is kept has such fields
 * @param external fields that the caller has made: no recipe that is kept has such fields
 * @throws ApiError validation_error
 */
export async function planOfRecipe(
  { template, nested, seed, count, now }: SetRecipe,
  resources: ReadonlyMap<string, readonly unknown[]> = new Map(),
  respond?: Respond,
  external: CompileOptions['external'] = [],
): Promise<Plan> {
  const parsed = parseTemplate(template, { templates: new Map(Object.entries(nested)), resources });
  if (!parsed.ok) throw validationError(parsed.diagnostics);
  const requests = responsesOf(parsed.value);
  const responses = requests.length === 0 ? undefined : await respond?.(requests);
  const options = { seed, rows: count, now, external, ...(responses === undefined ? {} : { responses }) };
  const compiled = await compileTemplate(parsed.value, options);
  if (!compiled.ok) throw validationError(compiled.diagnostics);
  return compiled.value;
}
