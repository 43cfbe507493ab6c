import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Limiter, LimitReport, Reservation } from '../services/limits/limiter.ts';
import { sendLimit } from './limit-headers.ts';

/** Every request in this scope counts against the plan of its workspace. */
export function limitRequests(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', async (request, reply) => {
    const { workspaceId, plan } = request.principal;
    const report = await limiter.takeRequest(workspaceId, plan);
    if (report === undefined) return;
    sendLimit(reply, report);
    if (!report.allowed) {
      throw new ApiError(
        'rate_limited',
        `the plan ${plan} gives ${report.size} requests a minute: wait for Retry-After`,
      );
    }
  });
}

/** A preview costs no rows, and has a limit of its own. @throws ApiError rate_limited */
export async function limitPreviews(request: FastifyRequest, reply: FastifyReply, limiter: Limiter): Promise<void> {
  const { workspaceId, plan } = request.principal;
  const report = await limiter.takePreview(workspaceId, plan);
  if (report === undefined) return;
  sendLimit(reply, report);
  if (!report.allowed) {
    throw new ApiError('rate_limited', `the plan ${plan} gives ${report.size} previews a minute: wait for Retry-After`);
  }
}

/** Reserves rows of the plan. @throws ApiError quota_exceeded */
export async function reserveRows(
  request: FastifyRequest,
  reply: FastifyReply,
  limiter: Limiter,
  rows: number,
): Promise<Reservation> {
  const { workspaceId, plan } = request.principal;
  const reserved = await limiter.reserveRows(workspaceId, plan, rows);
  if ('settle' in reserved) {
    if (reserved.report !== undefined) sendLimit(reply, reserved.report);
    return reserved;
  }
  sendLimit(reply, reserved);
  return refuseRows(reserved, plan, rows);
}

/** Says that there are not so many rows left. @throws ApiError quota_exceeded */
export function refuseRows({ size, remaining }: LimitReport, plan: string, rows: number): never {
  throw new ApiError(
    'quota_exceeded',
    `that asks for ${rows} rows; of the ${size} that the plan ${plan} gives in an hour ${remaining} are left: ask for fewer, or wait for Retry-After`,
  );
}
