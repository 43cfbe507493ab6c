import type { FastifyRequest } from 'fastify';
import { ApiError, validationError } from '../errors.ts';
import { givenSource, MAX_PUSHED, type Pushed, templateSource, tooMany } from '../services/connections/push-source.ts';
import type { Fetching } from '../services/responses/fetch-responses.ts';
import type { StoredTemplate, TemplateStore } from '../store/templates.ts';
import { decodeBody } from './parse-body.ts';
import type { PushBody } from './schemas/push.ts';
import { parseTemplateRef } from './template-ref.ts';

/**
 * The rows that a request puts in: given ones, or those of a template.
 * @throws ApiError validation_error, not_found
 */
export async function pushedOf(
  request: FastifyRequest,
  body: PushBody,
  templates: TemplateStore,
  fetchingFor: (template: StoredTemplate) => Fetching,
): Promise<{ readonly source: Pushed; readonly template: StoredTemplate | undefined }> {
  const { rows, template_id: ref, count, from, seed, overrides } = body;
  if ((rows === undefined) === (ref === undefined)) {
    throw wrong('', 'what is put in is either `rows` or `template_id` with `count`', 'give one of the two');
  }
  if (rows !== undefined) {
    const [extra] = Object.entries({ count, from, seed, overrides }).filter(([, value]) => value !== undefined);
    if (extra !== undefined) throw wrong(`/${extra[0]}`, 'rows that are given are not generated', 'leave it out');
    if (rows.length > MAX_PUSHED) throw tooMany(rows.length, '/rows');
    return { source: await givenSource(() => decodeBody(request.bodyBytes ?? Buffer.of()), rows), template: undefined };
  }
  const { id, version } = parseTemplateRef(ref ?? '');
  const template = await (version === undefined ? templates.find(id) : templates.findVersion(id, version));
  if (template === undefined) throw new ApiError('not_found', 'there is no such template, or no such version of it');
  const order = { count, from, seed, overrides };
  return { source: await templateSource(template, order, templates, fetchingFor(template)), template };
}

const wrong = (pointer: string, message: string, hint: string): ApiError =>
  validationError([{ code: 'invalid_value', pointer, message, hint }]);
