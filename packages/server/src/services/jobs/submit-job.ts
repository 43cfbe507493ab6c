import { hasExternal } from '@datamaker/engine';
import { validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { JobSink } from '../../job-sinks.ts';
import { addJob } from '../../store/generation-jobs.ts';
import type { Principal } from '../../store/keys.ts';
import { tellServers } from '../../store/run-logs.ts';
import { RunStore } from '../../store/runs.ts';
import { type Tenant, within } from '../../store/tenant.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import { prepareGeneration } from '../generation-service.ts';
import type { LimitReport } from '../limits/limiter.ts';
import { planOf } from '../limits/plans.ts';
import { mostBytesOf } from '../runs/most-bytes-of.ts';
import { keptTemplate, RecordedTemplates } from '../runs/recorded-templates.ts';
import { refuseFullQueue } from '../runs/refuse-full-queue.ts';
import { SUBMITTED } from '../runs/run-signals.ts';
import type { SubmitPlaces } from '../submit-generation.ts';
import { TemplateService } from '../template-service.ts';
import { partRows } from './part-rows.ts';
import { planDigest } from './plan-digest.ts';

/** Of templates that name none. */
const DEFAULT_LOCALE = 'en';

/** Which template, at which version, what of it, and in which parts. */
export interface JobOrder {
  readonly templateId: string;
  readonly version: number | undefined;
  /** Range, seed, format and its options, overrides, wrong rows. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly sink: JobSink;
  /** Rows of a part; undefined: as many as suit. */
  readonly partRows: number | undefined;
  /** Whether each part is a file of its own. */
  readonly partFiles: boolean;
}

/**
 * Makes a job of a generation: a run whose rows are made in parts, by any number of workers. What can be wrong with it is found now. Rows of the
 * plan, the run, its parts and the notices to workers are one transaction.
 * @param told sees what the limit of rows says, and throws when there are not enough
 * @returns the id of the run
 * @throws ApiError not_found, validation_error, quota_exceeded, too_many_runs
 */
export async function submitJob(
  { cursors, limiter, runs }: SubmitPlaces,
  tenant: Tenant,
  principal: Principal,
  order: JobOrder,
  told: (report: LimitReport, rows: number) => void,
): Promise<string> {
  const templates = new TemplateService(tenant, principal, cursors);
  const template = await templates.read(order.templateId, order.version);
  const recorded = new RecordedTemplates(templates.store);
  const { seed: asked, ...wanted } = order.request;
  const { overrides: _overrides, negative: _negative, ...shown } = wanted;
  const now = Date.now();
  const generation = await prepareGeneration(template, { ...wanted, seed: asked }, recorded, now, 'refuse');
  const { seed, rows, recipe } = generation;
  if (hasExternal(recipe.plan)) refusePrograms();
  const size = partRows(recipe.plan, recipe.format, rows, order);
  const { workspaceId, projectId, plan: limits } = principal;
  const notice = { runId: newId('run'), workspaceId };
  const { runBytes = null } = planOf(runs.plans, limits);
  const parts = Math.ceil(rows / size);
  // Before the transaction, which others wait for.
  const planSha256 = await planDigest(recipe.plan);
  await tenant(async (tx) => {
    const held = await limiter.holdRows(tx, workspaceId, limits, rows);
    if (held.report !== undefined) told(held.report, rows);
    const run = {
      id: notice.runId,
      kind: 'generation_job' as const,
      subjectId: template.id,
      params: {
        template_id: template.id,
        template_version: template.version,
        ...shown,
        seed,
        sink: order.sink,
        parts,
        part_rows: size,
        part_files: order.partFiles,
      },
      recipe: { engineVersion: ENGINE_VERSION },
      total: rows,
      maxBytes: mostBytesOf(runs, runBytes),
      reservationId: held.id,
    };
    await new RunStore(within(tx, tenant.blobs), projectId).add(run, principal, async () => {
      await refuseFullQueue(tx, principal, runs.plans);
      await addJob(tx, {
        ...notice,
        recipe: { template: keptTemplate(template), nested: recorded.seen, request: wanted, seed, now },
        sink: order.sink,
        engineVersion: ENGINE_VERSION,
        planSha256,
        about: {
          format: generation.format,
          contentType: generation.mediaType,
          fileName: generation.fileName,
          locale: template.document.locale ?? DEFAULT_LOCALE,
          sensitive: generation.sensitive,
          partFiles: order.partFiles,
        },
        ...recipe.range,
        partRows: size,
      });
      const numbers = Array.from({ length: parts }, (_, index) => index + 1);
      await runs.queue.sendParts(tx, notice, numbers, ENGINE_VERSION);
      await tellServers(tx, SUBMITTED);
    });
  });
  return notice.runId;
}

/** What programs make may be otherwise the next time, and a part may have to be made twice. */
function refusePrograms(): never {
  throw validationError([
    {
      code: 'rows_may_change',
      pointer: '/template_id',
      message: 'the template has fields that programs make, whose values may be others when a part is made again',
      hint: 'generate it in one piece: POST /templates/{id}/generate with {"async": true}',
    },
  ]);
}
