import type { FastifyReply, FastifyRequest } from 'fastify';
import { SUBMITTED } from '../services/runs/run-signals.ts';
import { submitGeneration } from '../services/submit-generation.ts';
import type { HttpContext } from './context.ts';
import { sendLimit } from './limit-headers.ts';
import { refuseRows } from './limits.ts';
import { actOnce } from './repeats.ts';
import { parseTemplateRef } from './template-ref.ts';
import { prefersRun, withoutAsync } from './wants-run.ts';

type GenerateRequest = FastifyRequest<{ Params: { ref: string }; Body: Readonly<Record<string, unknown>> }>;

/** Makes a run of a generation, in place of a stream, and answers with it. */
export async function submitRun(
  request: GenerateRequest,
  reply: FastifyReply,
  context: HttpContext,
  format: unknown,
): Promise<FastifyReply> {
  if (prefersRun(request)) reply.header('Preference-Applied', 'respond-async');
  const { principal } = request;
  const { id: templateId, version } = parseTemplateRef(request.params.ref);
  const order = { templateId, version, request: { ...withoutAsync(request.body), format } };
  await actOnce(request, reply, context.claims, async (tenant) => {
    const id = await submitGeneration(context, tenant, principal, order, (report, rows) => {
      sendLimit(reply, report);
      if (!report.allowed) refuseRows(report, principal.plan, rows);
    });
    return { status: 202, headers: { location: `/runs/${id}` }, body: { run_id: id, state: 'queued' } };
  });
  context.runs.signals.tell(SUBMITTED);
  return reply;
}
