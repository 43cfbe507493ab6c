import { readRecipe } from '../../store/generation-jobs.ts';
import type { HeldPart } from '../../store/job-parts.ts';
import type { Tenant } from '../../store/tenant.ts';
import { LruCache } from '../datagen/lru-cache.ts';
import { prepareGeneration } from '../generation-service.ts';
import { RememberedTemplates } from '../runs/recorded-templates.ts';
import { RunFailure } from '../runs/run-failure.ts';
import type { PartSource } from './part-maker.ts';
import { planDigest } from './plan-digest.ts';

/** Jobs whose plans are kept: a worker turns from one to another with every part. */
const KEPT = 16;

/** What parts of jobs are made from: compiled once for each job in each process. */
export class JobSources {
  readonly #kept = new LruCache<string, Promise<PartSource>>(KEPT, () => 1);

  /** @throws RunFailure rows_changed, ApiError validation_error */
  async of(part: HeldPart, tenant: Tenant): Promise<PartSource> {
    const known = this.#kept.get(part.runId);
    if (known !== undefined) return known;
    const making = compile(part, tenant);
    this.#kept.set(part.runId, making);
    // Another attempt may go better.
    making.catch(() => this.#kept.delete(part.runId));
    return making;
  }
}

async function compile({ runId, projectId, planSha256 }: HeldPart, tenant: Tenant): Promise<PartSource> {
  const { recipe, partFiles } = await tenant((tx) => readRecipe(tx, runId));
  const templates = new RememberedTemplates({ tenant, projectId }, recipe.nested);
  const request = { ...recipe.request, seed: recipe.seed };
  const made = await prepareGeneration(recipe.template, request, templates, recipe.now, 'refuse');
  const { plan, format, range } = made.recipe;
  if (!(await planDigest(plan)).equals(planSha256)) {
    throw new RunFailure(
      'rows_changed',
      'a set or a file that fields pick from is another one than when the job was asked for: submit it again',
    );
  }
  return { id: runId, plan, format, partFiles, ...range };
}
