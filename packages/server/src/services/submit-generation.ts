import { newId } from '../ids.ts';
import type { Cursors } from '../security/cursor.ts';
import type { Principal } from '../store/keys.ts';
import { type Tenant, within } from '../store/tenant.ts';
import { prepareGeneration } from './generation-service.ts';
import type { Limiter, LimitReport } from './limits/limiter.ts';
import { type RunPlaces, RunService } from './run-service.ts';
import { mostBytesOf } from './runs/most-bytes-of.ts';
import { keptTemplate, RecordedTemplates } from './runs/recorded-templates.ts';
import { TemplateService } from './template-service.ts';

/** Where a generation becomes a run. */
export interface SubmitPlaces {
  readonly cursors: Cursors;
  readonly limiter: Limiter;
  readonly runs: RunPlaces;
}

/** Which template, at which version, and what of it. */
export interface GenerationOrder {
  readonly templateId: string;
  readonly version: number | undefined;
  /** Range, seed, format and its options, overrides, wrong rows. */
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * Makes a run of a generation. What can be wrong with it is found now. Seed, time and templates are those of now, so that the run makes
 * the same whenever it is worked on. Rows of the plan, the run and the notice to workers are one transaction.
 * @param told sees what the limit of rows says, and throws when there are not enough
 * @returns the id of the run
 * @throws ApiError not_found, validation_error, quota_exceeded
 */
export async function submitGeneration(
  { cursors, limiter, runs }: SubmitPlaces,
  tenant: Tenant,
  principal: Principal,
  { templateId, version, request }: GenerationOrder,
  told: (report: LimitReport, rows: number) => void,
): Promise<string> {
  const templates = new TemplateService(tenant, principal, cursors);
  const template = await templates.read(templateId, version);
  const recorded = new RecordedTemplates(templates.store);
  const { seed: asked, ...wanted } = request;
  // Overrides may be large, and are shown to nobody: a list of runs has to be read.
  const { overrides: _overrides, negative: _negative, ...shown } = wanted;
  const now = Date.now();
  const { seed, rows } = await prepareGeneration(template, { ...wanted, seed: asked }, recorded, now);
  const { workspaceId, plan } = principal;
  const id = newId('run');
  await tenant(async (tx) => {
    const held = await limiter.holdRows(tx, workspaceId, plan, rows);
    if (held.report !== undefined) told(held.report, rows);
    await new RunService(within(tx, tenant.blobs), principal, cursors, runs).submit({
      id,
      kind: 'generation',
      subjectId: template.id,
      params: { template_id: template.id, template_version: template.version, ...shown, seed },
      recipe: { template: keptTemplate(template), nested: recorded.seen, request: wanted, seed, now },
      total: rows,
      maxBytes: mostBytesOf(runs, limiter.runBytesOf(plan)),
      reservationId: held.id,
    });
  });
  return id;
}
