import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { FileService, tooLarge } from '../../services/file-service.ts';
import type { StoredFile } from '../../store/files.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { parseRange } from '../range.ts';
import { readUpload } from '../read-upload.ts';
import type { Routes } from '../route-types.ts';
import { fileSchema, presentFile } from '../schemas/file.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { sendChunks } from '../send-chunks.ts';
import { sendExport } from '../send-export.ts';

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
export const fileRoutes: Routes = async (app, { cursors, files, limiter }) => {
  const service = ({ tenant, ownTenant, principal }: FastifyRequest): FileService =>
    new FileService(tenant, ownTenant, principal, cursors, files);

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
      config: { permission: 'write' },
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
        const { file, replaced } = await uploads.upload(bytes, limits, (arrive) =>
          readUpload(request, limits.fileBytes, arrive),
        );
        const place = `/workspace/files/${file.name.split('/').map(encodeURIComponent).join('/')}`;
        return reply
          .code(replaced ? 200 : 201)
          .header('Location', place)
          .send(presentFile(file));
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
      describe(file, reply);
      const etag = etagOf(file);
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
      const condition = request.headers['if-range'];
      const whole = condition !== undefined && condition !== etag;
      const range = whole ? undefined : parseRange(request.headers.range, file.bytes);
      if (range === null) {
        for (const name of Object.keys(ABOUT)) reply.removeHeader(name);
        reply.header('Content-Range', `bytes */${file.bytes}`);
        throw new ApiError(
          'range_not_satisfiable',
          `the file has ${file.bytes} bytes, and the range begins behind them`,
        );
      }
      const length = range === undefined ? file.bytes : range.end - range.start + 1;
      const head = (): void => {
        reply.code(range === undefined ? 200 : 206).header('Content-Length', length);
        if (range !== undefined) {
          reply.header('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
        }
      };
      const first = range === undefined ? {} : { first_byte: range.start };
      const leaving = { of: 'file', id: file.id, name: file.name, bytes: length, format: file.kind, ...first } as const;
      await sendExport(request, leaving, (delivered) =>
        sendChunks(request, reply, head, async (take, signal) => {
          if (length === 0) return;
          const bytes = await downloads.open(file, range);
          signal.addEventListener('abort', () => bytes.destroy(), { once: true });
          let taken = 0;
          for await (const chunk of bytes) {
            await take(chunk as Uint8Array);
            taken += (chunk as Uint8Array).length;
            delivered(taken);
          }
        }),
      );
      return reply;
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

const notMultipart = (): ApiError =>
  new ApiError('unsupported_media_type', 'send multipart/form-data with the parts `name` and `file`');

/** Headers that no answer but the file's own has. */
const ABOUT = {
  'Content-Type': '',
  'Content-Disposition': '',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-cache',
  'Accept-Ranges': 'bytes',
  ETag: '',
} as const;

/** Whatever is in it, no browser shows it as a page or runs it. */
function describe(file: StoredFile, reply: FastifyReply): void {
  const name = file.name.split('/').at(-1) ?? '';
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 8187: what encodeURIComponent leaves is allowed, but for these.
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  reply.headers({
    ...ABOUT,
    'Content-Type': file.contentType,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    ETag: etagOf(file),
  });
}

const etagOf = ({ sha256 }: StoredFile): string => `"${sha256.toString('base64url')}"`;

/** Whether one of the tags of a header is the file's; weak ones count as well (RFC 9110, section 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) === true;
