import { locateJsonError } from '@datamaker/engine';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { ApiError, type ErrorDetail, validationError } from '../errors.ts';

/** Bodies are JSON in UTF-8; what is not gets the place where it stops being so. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function parseJson(body: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw validationError([
      { code: 'invalid_utf8', pointer: '', message: 'the body is not valid UTF-8', hint: 'encode it as UTF-8' },
    ]);
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = locateJsonError(text);
    const message = `the body is not JSON from line ${line}, column ${column} on`;
    throw validationError([
      { code: 'invalid_json', pointer: '', message, hint: 'check quotes, commas and brackets there' },
    ]);
  }
}

/** A body of a known shape. @throws ApiError validation_error, one diagnostic for each thing that is wrong */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw validationError(parsed.error.issues.flatMap(toDetails));
}

function toDetails(issue: z.core.$ZodIssue): ErrorDetail[] {
  const pointer = issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_key',
      pointer: `${pointer}/${key.slice(0, 80)}`,
      message: `unknown key ${JSON.stringify(key.slice(0, 80))}`,
      hint: 'leave it out',
    }));
  }
  return [{ code: 'invalid_value', pointer, message: issue.message }];
}

const NUL = '\0';

/** Refuses NUL characters anywhere: PostgreSQL text cannot hold them. */
export function refuseNul(value: unknown, pointer = ''): void {
  if (typeof value === 'string' ? value.includes(NUL) : pointer.includes(NUL)) {
    throw validationError([
      {
        code: 'invalid_character',
        pointer: pointer.replaceAll(NUL, '\\u0000'),
        message: 'NUL characters cannot be stored',
        hint: 'leave out \\u0000',
      },
    ]);
  }
  if (value === null || typeof value !== 'object') return;
  if (pointer.split('/').length > 200) throw new ApiError('bad_request', 'the body is nested too deep');
  for (const [key, inner] of Object.entries(value)) refuseNul(inner, `${pointer}/${key}`);
}
