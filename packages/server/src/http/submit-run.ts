import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../ids.ts';
import { prepareGeneration } from '../services/generation-service.ts';
import { RunService } from '../services/run-service.ts';
import { keptTemplate, RecordedTemplates } from '../services/runs/recorded-templates.ts';
import { SUBMITTED } from '../services/runs/run-signals.ts';
import { TemplateService } from '../services/template-service.ts';
import { type Tenant, within } from '../store/tenant.ts';
import type { HttpContext } from './context.ts';
import { sendLimit } from './limit-headers.ts';
import { refuseRows } from './limits.ts';
import { actOnce } from './repeats.ts';
import { parseTemplateRef } from './template-ref.ts';
import { prefersRun } from './wants-run.ts';

type GenerateRequest = FastifyRequest<{ Params: { ref: string }; Body: Readonly<Record<string, unknown>> }>;

/**
 * Makes a run of a generation, in place of a stream, and answers with it. What can be wrong with it is found now; rows of the plan,
 * the run and the notice to workers are one transaction, with the answer where there is an Idempotency-Key.
 */
export async function submitRun(
  request: GenerateRequest,
  reply: FastifyReply,
  context: HttpContext,
  format: unknown,
): Promise<FastifyReply> {
  if (prefersRun(request)) reply.header('Preference-Applied', 'respond-async');
  await actOnce(request, reply, context.claims, async (tenant) => {
    const id = await submit(request, reply, context, format, tenant);
    return { status: 202, headers: { location: `/runs/${id}` }, body: { run_id: id, state: 'queued' } };
  });
  context.runs.signals.tell(SUBMITTED);
  return reply;
}

async function submit(
  request: GenerateRequest,
  reply: FastifyReply,
  { cursors, runs, limiter, maxRunBytes }: HttpContext,
  format: unknown,
  tenant: Tenant,
): Promise<string> {
  const { principal } = request;
  const templates = new TemplateService(tenant, principal, cursors);
  const { id: templateId, version } = parseTemplateRef(request.params.ref);
  const template = await templates.read(templateId, version);
  const recorded = new RecordedTemplates(templates.store);
  const { seed: asked, async: _async, ...rest } = request.body;
  const wanted: Readonly<Record<string, unknown>> = { ...rest, format };
  // Overrides may be large, and are shown to nobody: a list of runs has to be read.
  const { overrides: _overrides, negative: _negative, ...shown } = wanted;
  const now = Date.now();
  const { seed, rows, mediaType } = await prepareGeneration(template, { ...wanted, seed: asked }, recorded, now);
  const { workspaceId, plan } = principal;
  const id = newId('run');
  const allowed = limiter.filesOf(plan).runBytes;
  const maxBytes = maxRunBytes === undefined ? allowed : Math.min(maxRunBytes, allowed ?? maxRunBytes);
  await tenant(async (tx) => {
    const held = await limiter.holdRows(tx, workspaceId, plan, rows);
    if (held.report !== undefined) sendLimit(reply, held.report);
    if (held.report?.allowed === false) refuseRows(held.report, plan, rows);
    await new RunService(within(tx, tenant.blobs), principal, cursors, runs).submit({
      id,
      kind: 'generation',
      subjectId: template.id,
      params: { template_id: template.id, template_version: template.version, ...shown, seed, media_type: mediaType },
      recipe: { template: keptTemplate(template), nested: recorded.seen, request: wanted, seed, now },
      total: rows,
      maxBytes,
      reservationId: held.id,
    });
  });
  return id;
}
