import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { digestOfParts, type FoundJob, JobService } from '../../services/jobs/job-service.ts';
import { partName } from '../../services/jobs/part-name.ts';
import { submitJob } from '../../services/jobs/submit-job.ts';
import { Places } from '../../services/limits/places.ts';
import { SUBMITTED } from '../../services/runs/run-signals.ts';
import type { StoredPart } from '../../store/generation-jobs.ts';
import { sendLimit } from '../limit-headers.ts';
import { refuseRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { actOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { idParams, idText } from '../schemas/ids.ts';
import {
  checkSchema,
  jobBody,
  jobSchema,
  manifestSchema,
  presentCheck,
  presentJob,
  presentManifest,
  verifyBody,
} from '../schemas/job.ts';
import { submittedSchema, waitQuery } from '../schemas/run.ts';
import { type Download, sendFile } from '../send-file.ts';
import { signalOf } from '../signal-of.ts';
import { parseTemplateRef } from '../template-ref.ts';

const tags = ['Jobs'];
/** As long as the API says that a wait takes at most. */
const WAIT_MS = 5 * 60_000;
/** Parts that are verified at a time, of this server and of a workspace: each is read and hashed, and then somebody else has a turn. */
const VERIFIED = 2;
const VERIFIED_OF_WORKSPACE = 1;
/** How long a verification waits for its first turn; and for the next ones, when it has read some. */
const TURN_MS = 60_000;
const NEXT_TURN_MS = 60 * 60_000;

const partParams = z.object({
  id: idText,
  number: z.coerce.number('a part is named by its number').int().min(1).max(1_000_000),
});
const bytesHeaders = z.object({
  range: z.string().optional().meta({ description: 'One range, such as `bytes=0-499`.' }),
  'if-none-match': z.string().optional(),
  'if-range': z.string().optional(),
});
const bytesResponses = {
  200: { description: 'All bytes.', content: { '*/*': { schema: z.unknown() } } },
  206: { description: 'The range.', content: { '*/*': { schema: z.unknown() } } },
  304: { description: 'You have it.' },
  ...errorResponses(
    'not_found',
    'conflict',
    'validation_error',
    'output_expired',
    'part_missing',
    'part_damaged',
    'range_not_satisfiable',
  ),
};

/** Generations in parts that any number of workers make. Jobs are runs: these are listed, cancelled, resumed and deleted as such. */
export const jobRoutes: Routes = async (app, context) => {
  const { cursors, runs, claims } = context;
  const busy = 'too many jobs are being verified: wait until one is done';
  const verifying = new Places(VERIFIED, VERIFIED_OF_WORKSPACE, TURN_MS, busy);
  const service = ({ tenant, principal }: FastifyRequest): JobService =>
    new JobService(tenant, principal, cursors, runs);

  app.post(
    '/jobs',
    {
      config: { permission: 'generate', repeats: 'recipe' },
      schema: {
        operationId: 'createJob',
        tags,
        summary: 'Generate rows in parts, by as many workers as there are',
        description:
          'Beside these keys the body takes the options of its format. The parts in order are the bytes that one process makes; with `part_files`, each is a file of its own. `POST /runs/{id}/cancel`, `POST /runs/{id}/resume` and `DELETE /runs/{id}` are for jobs, too.',
        body: jobBody,
        response: {
          202: {
            description: 'Workers make it; `Location` says where it is.',
            content: { 'application/json': { schema: submittedSchema } },
          },
          ...errorResponses('not_found', 'validation_error', 'quota_exceeded', 'too_many_runs'),
        },
      },
    },
    async (request, reply) => {
      const { principal } = request;
      const { template_id, sink, part_rows: partRows, part_files: partFiles, ...asked } = request.body;
      const { id: templateId, version } = parseTemplateRef(template_id);
      const order = { templateId, version, sink, partRows, partFiles, request: { format: 'json', ...asked } };
      await actOnce(request, reply, claims, async (tenant) => {
        const id = await submitJob(context, tenant, principal, order, (report, rows) => {
          sendLimit(reply, report);
          if (!report.allowed) refuseRows(report, principal.plan, rows);
        });
        return { status: 202, headers: { location: `/jobs/${id}` }, body: { run_id: id, state: 'queued' } };
      });
      runs.signals.tell(SUBMITTED);
      return reply;
    },
  );

  app.get(
    '/jobs/:id',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'readJob',
        tags,
        summary: 'Read how far a job is, or wait for its end',
        params: idParams,
        querystring: waitQuery,
        response: {
          200: { description: 'The job.', content: { 'application/json': { schema: jobSchema } } },
          ...errorResponses('not_found', 'validation_error'),
        },
      },
    },
    async (request, reply) => {
      const ms = request.query.wait === 'true' ? WAIT_MS : 0;
      const found = await service(request).wait(request.params.id, ms, signalOf(reply));
      return presentJob(found, await service(request).progress(found));
    },
  );

  app.get(
    '/jobs/:id/manifest',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'readManifest',
        tags,
        summary: 'What a job made: its parts, with their rows and hashes',
        params: idParams,
        response: {
          200: { description: 'The manifest.', content: { 'application/json': { schema: manifestSchema } } },
          ...errorResponses('not_found', 'conflict', 'output_expired'),
        },
      },
    },
    async (request) => {
      const { parts, ...found } = await service(request).parts(request.params.id);
      return presentManifest(found, parts);
    },
  );

  app.get(
    '/jobs/:id/parts/:number',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'downloadPart',
        tags,
        summary: 'Download a part of a job, all of it or a range of its bytes',
        params: partParams,
        headers: bytesHeaders,
        response: bytesResponses,
      },
    },
    async (request, reply) => {
      const { part, ...found } = await service(request).part(request.params.id, request.params.number);
      const about = { name: partName(found.job, part.number), rows: part.to - part.from, sha256: part.sha256 };
      const file = download(service(request), found, [part], about);
      // A piece of an output is no file of its format.
      const isFile = found.job.parts === 1 || found.job.partFiles;
      return sendFile(request, reply, isFile ? file : { ...file, contentType: 'application/octet-stream' });
    },
  );

  app.get(
    '/jobs/:id/content',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'downloadJob',
        tags,
        summary: 'Download all parts of a job, one after the other',
        params: idParams,
        headers: bytesHeaders,
        response: { ...bytesResponses, ...errorResponses('conflict', 'job_of_files', 'part_damaged') },
      },
    },
    async (request, reply) => {
      const { parts, ...found } = await service(request).joinedParts(request.params.id);
      const about = { name: found.job.about.fileName, rows: found.run.rows, sha256: digestOfParts(parts) };
      return sendFile(request, reply, download(service(request), found, parts, about));
    },
  );

  app.post(
    '/jobs/:id/verify',
    {
      config: { permission: 'generate' },
      schema: {
        operationId: 'verifyJob',
        tags,
        summary: 'Read parts of a job, and tell those whose bytes are not what was made',
        params: idParams,
        body: verifyBody,
        response: {
          200: { description: 'What there is.', content: { 'application/json': { schema: checkSchema } } },
          ...errorResponses('not_found', 'conflict', 'validation_error', 'output_expired'),
        },
      },
    },
    async (request, reply) => {
      const signal = signalOf(reply);
      const { first = 1, last = Number.POSITIVE_INFINITY } = request.body;
      const { workspaceId } = request.principal;
      const turn = (isFirst: boolean): Promise<() => void> =>
        verifying.enter(workspaceId, signal, isFirst ? TURN_MS : NEXT_TURN_MS);
      return presentCheck(await service(request).verify(request.params.id, { first, last }, turn, signal));
    },
  );
};

function download(
  jobs: JobService,
  found: FoundJob,
  parts: readonly StoredPart[],
  { name, rows, sha256 }: { readonly name: string; readonly rows: number; readonly sha256: Buffer },
): Download {
  const { run, job } = found;
  const { contentType, sensitive: fields, format } = job.about;
  return {
    name,
    contentType,
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    sha256,
    leaving: { of: 'run', id: run.id, name, rows, fields, format },
    open: async (range) => jobs.open(found, parts, range),
  };
}
