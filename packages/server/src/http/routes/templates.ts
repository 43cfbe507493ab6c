import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { TemplateService } from '../../services/template-service.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import type { HttpContext } from '../context.ts';
import { parseBody, refuseNul } from '../parse-body.ts';
import { parseTemplateRef } from '../template-ref.ts';

const name = z.string().min(1, 'a name must not be empty').max(200, 'a name has at most 200 characters');
const fields = z.array(z.unknown(), 'fields must be a list');
const createBody = z.strictObject({ name, fields, locale: z.string().optional(), weighting: z.string().optional() });
const changeBody = z.strictObject({
  name: name.optional(),
  fields: fields.optional(),
  locale: z.string().nullable().optional(),
  weighting: z.string().nullable().optional(),
});
const listQuery = z.strictObject({
  limit: z
    .string('give limit once')
    .regex(/^0*([1-9]\d?|100)$/, 'limit must be a whole number from 1 to 100')
    .transform(Number)
    .default(20),
  cursor: z.string('give cursor once').max(500, 'the cursor is not one that this list gave').optional(),
});

/** Members that the request does not have are not there, which an optional one may not be said to be undefined. */
type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const given = <T extends object>(body: T): Given<T> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;

/** What clients see of a template. */
const present = (template: StoredTemplate) => ({
  id: template.id,
  name: template.name,
  ...template.document,
  version: template.version,
  createdAt: template.createdAt.toISOString(),
  updatedAt: template.updatedAt.toISOString(),
});

/** Templates: list, create, read (also at a version), change, delete, versions. */
export function templateRoutes(app: FastifyInstance, { store, cursors }: HttpContext): void {
  const service = (request: FastifyRequest): TemplateService => new TemplateService(store, request.principal, cursors);

  app.get('/templates', async (request) => {
    const { limit, cursor } = parseBody(listQuery, request.query);
    const page = await service(request).list(limit, cursor);
    return { items: page.items.map(present), next_cursor: page.nextCursor, total: page.total };
  });

  app.post('/templates', async (request, reply) => {
    refuseNul(request.body);
    const { name, ...document } = parseBody(createBody, request.body);
    const template = await service(request).create(name, given(document));
    return reply.code(201).header('Location', `/templates/${template.id}`).send(present(template));
  });

  app.get<{ Params: { ref: string } }>('/templates/:ref', async (request) => {
    const { id, version } = parseTemplateRef(request.params.ref);
    return present(await service(request).read(id, version));
  });

  app.patch<{ Params: { ref: string } }>('/templates/:ref', async (request) => {
    refuseNul(request.body);
    const change = given(parseBody(changeBody, request.body));
    return present(await service(request).update(currentId(request.params.ref), change));
  });

  app.delete<{ Params: { ref: string } }>('/templates/:ref', async (request, reply) => {
    await service(request).delete(currentId(request.params.ref));
    return reply.code(204).send();
  });

  app.get<{ Params: { ref: string } }>('/templates/:ref/versions', async (request) => {
    const versions = await service(request).versions(currentId(request.params.ref));
    const items = versions.map(({ version, name, createdAt, createdBy }) => ({
      version,
      name,
      createdAt: createdAt.toISOString(),
      createdBy,
    }));
    return { items, next_cursor: null, total: items.length };
  });
}

/** The id of a path that names no version: versions are never changed. */
function currentId(ref: string): string {
  const { id, version } = parseTemplateRef(ref);
  if (version !== undefined) throw new ApiError('not_found', 'a version cannot be changed: leave out @v…');
  return id;
}
