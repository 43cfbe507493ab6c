import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, validationError } from '../../errors.ts';
import { ENGINE_VERSION } from '../../services/engine-version.ts';
import { SetService } from '../../services/set-service.ts';
import { fetchingOf } from '../fetching-of.ts';
import { keepBody } from '../keep-body.ts';
import { reserveRows } from '../limits.ts';
import { errorResponses } from '../openapi/error-responses.ts';
import { decodeBody, refuseNul } from '../parse-body.ts';
import type { Routes } from '../route-types.ts';
import { pageOf } from '../schemas/page.ts';
import { listedSetSchema, MAX_SET_BODY, presentDeletedSet, presentSet, setParams, setSchema } from '../schemas/set.ts';
import { loadedSetSchema, setDiffSchema, verifiedSetSchema } from '../schemas/set-answers.ts';
import {
  diffSetQuery,
  listSetsQuery,
  loadSetQuery,
  restoreSetBody,
  saveSetBody,
  setVersion,
} from '../schemas/set-requests.ts';
import { typed } from '../schemas/typed.ts';
import { sendChunks } from '../send-chunks.ts';
import { sendExport } from '../send-export.ts';
import { signalOf } from '../signal-of.ts';
import { parseTemplateRef } from '../template-ref.ts';

const tags = ['Sets'];
const oneSet = { description: 'The version.', content: { 'application/json': { schema: setSchema } } };

/** Saved sets: save, list, load, verify, compare, delete. */
export const setRoutes: Routes = async (app, context) => {
  const { cursors, limiter } = context;
  const service = (request: FastifyRequest): SetService =>
    new SetService(request.tenant, request.principal, cursors, limiter.filesOf(request.principal.plan));

  keepBody(app);

  app.get(
    '/sets',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listSets',
        tags,
        summary: 'List sets at their newest version, the newest set first; or deleted ones that can be restored',
        querystring: listSetsQuery,
        response: {
          200: { description: 'A page.', content: { 'application/json': { schema: pageOf(listedSetSchema) } } },
          ...errorResponses('validation_error', 'invalid_cursor'),
        },
      },
    },
    async (request) => {
      const { limit, cursor, deleted } = request.query;
      if (deleted === 'true') {
        const page = await service(request).listDeleted(limit, cursor);
        return { items: page.items.map(presentDeletedSet), next_cursor: page.nextCursor, total: page.total };
      }
      const page = await service(request).list(limit, cursor);
      return { items: page.items.map(presentSet), next_cursor: page.nextCursor, total: page.total };
    },
  );

  app.post(
    '/sets',
    {
      config: { permission: 'write' },
      bodyLimit: MAX_SET_BODY,
      schema: {
        operationId: 'saveSet',
        tags,
        summary: 'Save rows, or what a template makes of a seed; a name that is there gets a new version',
        body: saveSetBody,
        response: {
          201: oneSet,
          ...errorResponses(
            'validation_error',
            'not_found',
            'payload_too_large',
            'quota_exceeded',
            'storage_quota_exceeded',
            'connection_failed',
            'secret_not_for_host',
          ),
        },
      },
    },
    async (request, reply) => {
      const { name, rows, template_id: templateId, ...order } = request.body;
      const given = Object.entries(order).filter(([, value]) => value !== undefined);
      if ((rows === undefined) === (templateId === undefined)) {
        throw wrong('', 'a set is made of either `rows` or `template_id`', 'give one of the two');
      }
      if (rows !== undefined && given.length > 0) {
        throw wrong(`/${given[0]?.[0] ?? ''}`, 'rows that are given are not generated', 'leave it out');
      }
      const sets = service(request);
      const set =
        templateId === undefined
          ? await sets.saveRows(name, decodeBody(request.bodyBytes ?? Buffer.of()), rows ?? [])
          : await sets.saveTemplate(
              name,
              orderOf(templateId, order),
              signalOf(reply),
              (count) => reserveRows(request, reply, limiter, count),
              (template) => fetchingOf(request, reply, context, template),
            );
      const place = `/sets/${encodeURIComponent(name)}`;
      return reply.code(201).header('Location', place).send(presentSet(set));
    },
  );

  app.get(
    '/sets/:name',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'loadSet',
        tags,
        summary: 'Load a set, all rows or some, as it is or in a format',
        params: setParams,
        querystring: loadSetQuery,
        response: {
          200: { description: 'The rows.', content: { 'application/json': { schema: typed(loadedSetSchema) } } },
          ...errorResponses('validation_error', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const { offset, limit, format } = request.query;
      const sets = service(request);
      const set = await sets.find(nameOf(request.params.name), request.query.version);
      const from = Math.min(offset, set.rows);
      const to = Math.min(set.rows, from + (limit ?? set.rows));
      reply.header('X-DataMaker-Version', set.version).header('X-DataMaker-Rows', to - from);
      const leaving = {
        of: 'set',
        id: set.id,
        version: set.version,
        fields: await sets.sensitive(set),
        rows: to - from,
      } as const;
      if (format !== undefined) {
        const output = await sets.output(set, format, { from, to });
        const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(output.fileName)}`;
        const head = (): void => {
          reply.type(output.mediaType).header('Content-Disposition', disposition);
          if (format === 'csv') reply.header('X-DataMaker-Spreadsheet-Safe', 'false');
        };
        await sendExport(request, { ...leaving, format }, (delivered) =>
          sendChunks(request, reply, head, (take, signal) => output.pump(take, signal, delivered)),
        );
        return reply;
      }
      const about = { ...presentSet(set), offset: from, next_offset: to < set.rows ? to : null };
      const head = () => reply.type('application/json; charset=utf-8');
      await sendExport(request, { ...leaving, format: 'json' }, (delivered) =>
        sendChunks(request, reply, head, async (take, signal) => {
          await take(Buffer.from(`${JSON.stringify(about).slice(0, -1)},"rows":[`));
          await sets.elements(set, { from, to }, take, signal, delivered);
          await take(Buffer.from(']}'));
        }),
      );
      return reply;
    },
  );

  app.delete(
    '/sets/:name',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'deleteSet',
        tags,
        summary: 'Delete a set with all its versions; it can be restored for 30 days',
        params: setParams,
        response: { 204: { description: 'It is gone.' }, ...errorResponses('not_found') },
      },
    },
    async (request, reply) => {
      await service(request).delete(nameOf(request.params.name));
      return reply.code(204).send();
    },
  );

  app.post(
    '/sets/:name/restore',
    {
      config: { permission: 'write' },
      schema: {
        operationId: 'restoreSet',
        tags,
        summary: 'Take the deletion of a set back',
        params: setParams,
        body: restoreSetBody,
        response: {
          200: { ...oneSet, description: 'The set.' },
          ...errorResponses('not_found', 'validation_error', 'storage_quota_exceeded', 'conflict'),
        },
      },
    },
    async (request) => {
      refuseNul(request.body);
      const { id, as } = request.body;
      return presentSet(await service(request).restore(nameOf(request.params.name), id, as));
    },
  );

  app.get(
    '/sets/:name/versions',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'listSetVersions',
        tags,
        summary: 'List the versions of a set, the newest first',
        params: setParams,
        response: {
          200: { description: 'All of them.', content: { 'application/json': { schema: pageOf(setSchema) } } },
          ...errorResponses('not_found'),
        },
      },
    },
    async (request) => {
      const versions = await service(request).versions(nameOf(request.params.name));
      return { items: versions.map(presentSet), next_cursor: null, total: versions.length };
    },
  );

  app.post(
    '/sets/:name/verify',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'verifySet',
        tags,
        summary: 'Make or read the rows again, and tell whether they are the ones that were saved',
        params: setParams,
        body: z.strictObject({}),
        querystring: z.strictObject({ version: setVersion }),
        response: {
          200: { description: 'What was found.', content: { 'application/json': { schema: verifiedSetSchema } } },
          ...errorResponses('validation_error', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const sets = service(request);
      const set = await sets.find(nameOf(request.params.name), request.query.version);
      const found = await sets.digest(set, signalOf(reply));
      const { name, version, row_count, sha256, stored_as, engine_version } = presentSet(set);
      const about = { name, version, row_count, sha256, stored_as, engine_version };
      const now = { found_sha256: found.toString('hex'), engine_version_now: ENGINE_VERSION };
      return { ...about, matches: found.equals(set.sha256), ...now };
    },
  );

  app.get(
    '/sets/:name/diff',
    {
      config: { permission: 'read' },
      schema: {
        operationId: 'diffSet',
        tags,
        summary: 'Compare two versions, row by row or by a key',
        params: setParams,
        querystring: diffSetQuery,
        response: {
          200: { description: 'The difference.', content: { 'application/json': { schema: typed(setDiffSchema) } } },
          ...errorResponses('validation_error', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const { from, to, key, limit } = request.query;
      const name = nameOf(request.params.name);
      const sets = service(request);
      const found = await sets.diff(name, from, to, key, limit);
      const { added, removed, changed, unchanged } = found;
      const truncated = [added, removed, changed].some(({ count, rows }) => count > rows.length);
      const about = JSON.stringify({ name, from, to, key: key ?? null, unchanged, truncated });
      const changes = changed.rows.map(({ at, before, after }) => `{"at":${at},"before":${before},"after":${after}}`);
      const kinds = [
        ['added', added.count, added.rows],
        ['removed', removed.count, removed.rows],
        ['changed', changed.count, changes],
      ].map(([kind, count, rows]) => `"${kind}":{"count":${count},"rows":[${(rows as string[]).join(',')}]}`);
      const shown = added.rows.length + removed.rows.length + 2 * changed.rows.length;
      const fields = shown === 0 ? [] : await sets.sensitiveOfEither(found.from, found.to);
      const leaving = { of: 'set', id: found.to.id, version: to, fields, rows: shown, format: 'json' } as const;
      await sendExport(request, leaving, async (delivered) => {
        delivered(shown);
        return true;
      });
      return reply.type('application/json; charset=utf-8').send(`${about.slice(0, -1)},${kinds.join(',')}}` as never);
    },
  );
};

/** @throws ApiError not_found for what no set can be called */
function nameOf(name: string): string {
  if (name.includes('\0')) throw new ApiError('not_found', 'there is no such set');
  return name;
}

function orderOf(
  ref: string,
  { version, count, seed }: { version?: number | undefined; count?: unknown; seed?: unknown },
) {
  const { id, version: named } = parseTemplateRef(ref);
  if (named !== undefined && version !== undefined && named !== version) {
    throw wrong('/version', 'the version differs from the one in `template_id`', 'give it once');
  }
  return { templateId: id, version: version ?? named, count, seed };
}

const wrong = (pointer: string, message: string, hint: string): ApiError =>
  validationError([{ code: 'invalid_value', pointer, message, hint }]);
