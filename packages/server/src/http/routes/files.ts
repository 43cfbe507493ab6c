import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { type ArrivedAs, FileService, type KeptFile, tooLarge } from '../../services/file-service.ts';
import type { Tenant } from '../../store/tenant.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { readUpload } from '../read-upload.ts';
import { isAnswered, type JsonAnswer, settleOnce } from '../repeats.ts';
import type { Routes } from '../route-types.ts';
import { fileSchema, presentFile } from '../schemas/file.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { sendFile } from '../send-file.ts';

const tags = ['Files'];
const fileParams = z.object({
  '*': z.string().meta({ description: 'The name, with its folders.', example: 'lookups/postcodes.json' }),
});
const uploadBody = z.object({
  name: z.string().meta({ example: 'lookups/postcodes.json' }),
  file: z.string().meta({ format: 'binary', description: 'CSV, JSON, NDJSON, YAML, plain text or XLSX.' }),
});
const oneFile = { description: 'The file.', content: { 'application/json': { schema: fileSchema } } };
/** What stands around the file in a body. */
const AROUND_BYTES = 16 * 1024;

/** Workspace files: upload, list, download, delete. */
export const fileRoutes: Routes = async (app, { cursors, files, limiter, claims }) => {
  const service = ({ tenant, principal }: FastifyRequest): FileService =>
    new FileService(tenant, principal, cursors, files);

  // Nothing but multipart reaches a handler here: a body of JSON that looks like an upload is none.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(notMultipart()));
  await app.register(multipart);

  app.get(
    '/workspace/files',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listFiles',
        tags,
        summary: 'List files, the newest first',
        querystring: pageQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(fileSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await service(request).list(limit, cursor);
      return { items: page.items.map(presentFile), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/workspace/files',
    {
      config: { permission: 'write', repeats: 'late' },
      // The body is read by the handler, part by part; its schema is for the documentation.
      validatorCompiler: () => (value: unknown) => ({ value }),
      schema: {
        operationId: 'uploadFile',
        tags,
        summary: 'Upload a file; one with its name is replaced',
        description: 'multipart/form-data with a field `name`, folders before slashes, and a part `file`.',
        body: { content: { 'multipart/form-data': { schema: uploadBody } } },
        response: {
          200: { ...oneFile, description: 'It is in place of the one that had its name.' },
          201: { ...oneFile, description: 'It is there.' },
          ...errorResponses(
            'validation_error',
            'payload_too_large',
            'storage_quota_exceeded',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) throw notMultipart();
      const uploads = service(request);
      const allowed = limiter.filesOf(request.principal.plan);
      const limits = { ...allowed, fileBytes: files.maxFileBytes ?? allowed.fileBytes };
      const declared = request.headers['content-length'];
      const bytes = declared === undefined ? undefined : Number(declared);
      try {
        if (bytes !== undefined && bytes > limits.fileBytes + AROUND_BYTES) throw tooLarge(limits.fileBytes);
        const receive = (arrive: (chunks: AsyncIterable<Uint8Array>) => Promise<void>): Promise<string> =>
          readUpload(request, limits.fileBytes, arrive);
        const settle = ({ name, sha256 }: ArrivedAs, keep: (tenant: Tenant) => Promise<KeptFile>) =>
          settleOnce(request, claims, async (tenant) => answerOf(await keep(tenant)), [name, sha256.toString('hex')]);
        // One that was answered is only compared: it takes no room again.
        const send = (await isAnswered(request, claims))
          ? await settle(await uploads.look(limits, receive), forgotten)
          : await uploads.upload(bytes, limits, receive, settle);
        send(reply);
        return reply;
      } catch (error) {
        // What is left of the body is not read to its end, however long it goes on.
        reply.header('Connection', 'close');
        throw error;
      }
    },
  );

  app.get(
    '/workspace/files/*',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'downloadFile',
        tags,
        summary: 'Download a file, all of it or a range of its bytes',
        params: fileParams,
        headers: z.object({
          range: z.string().optional().meta({ description: 'One range, such as `bytes=0-499`.' }),
          'if-none-match': z.string().optional(),
          'if-range': z.string().optional(),
        }),
        response: {
          200: { description: 'All bytes.', content: { '*/*': { schema: z.unknown() } } },
          206: { description: 'The range.', content: { '*/*': { schema: z.unknown() } } },
          304: { description: 'You have it.' },
          ...errorResponses('not_found', 'range_not_satisfiable'),
        },
      },
    },
    async (request, reply) => {
      const downloads = service(request);
      const file = await downloads.find(request.params['*']);
      const name = file.name.split('/').at(-1) ?? '';
      const leaving = { of: 'file', id: file.id, name: file.name, format: file.kind } as const;
      return sendFile(request, reply, { ...file, name, leaving, open: (range) => downloads.open(file, range) });
    },
  );

  app.delete(
    '/workspace/files/*',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteFile',
        tags,
        summary: 'Delete a file, at once and for good',
        params: fileParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(request.params['*']);
      return reply.code(204).send();
    },
  );
};

function answerOf({ file, replaced }: KeptFile): JsonAnswer {
  const location = `/workspace/files/${file.name.split('/').map(encodeURIComponent).join('/')}`;
  return { status: replaced ? 200 : 201, headers: { location }, body: presentFile(file) };
}

/** The answer of the upload was kept for as long as answers are while this one came, of which nothing was kept. */
const forgotten = async (): Promise<never> => {
  throw new ApiError('request_in_progress', 'the Idempotency-Key ended while the file arrived: send it again');
};

const notMultipart = (): ApiError =>
  new ApiError('unsupported_media_type', 'send multipart/form-data with the parts `name` and `file`');
