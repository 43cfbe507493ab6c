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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = locateJsonError(text);
    const message = `the body is not JSON from line ${line}, column ${column} on`;
    throw validationError([
      { code: 'invalid_json', pointer: '', message, hint: 'check quotes, commas and brackets there' },
    ]);
  }
  refuseDeep(value);
  return value;
}

/** A body of a known shape. @throws ApiError validation_error, one diagnostic for each thing that is wrong */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw validationError(parsed.error.issues.flatMap(toDetails));
}

function toDetails(issue: z.core.$ZodIssue): ErrorDetail[] {
  const pointer = issue.path.map(stepOf).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_key',
      pointer: pointer + stepOf(key.slice(0, 80)),
      message: `unknown key ${JSON.stringify(key.slice(0, 80))}`,
      hint: 'leave it out',
    }));
  }
  return [{ code: 'invalid_value', pointer, message: issue.message }];
}

/** A key or an index as a step of a JSON pointer (RFC 6901). */
const stepOf = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Values nested deeper than anybody writes are refused before anything recurses into them, which would exhaust the stack. */
const MAX_DEPTH = 200;

function refuseDeep(value: unknown, depth = 0): void {
  if (value === null || typeof value !== 'object') return;
  if (depth >= MAX_DEPTH) throw new ApiError('bad_request', `the body is nested more than ${MAX_DEPTH} levels deep`);
  for (const inner of Object.values(value)) refuseDeep(inner, depth + 1);
}

const NUL = '\0';

/** Refuses NUL characters anywhere: PostgreSQL text cannot hold them. */
export function refuseNul(value: unknown): void {
  const pointer = placeOfNul(value);
  if (pointer === undefined) return;
  throw validationError([
    {
      code: 'invalid_character',
      pointer: pointer.replaceAll(NUL, '\\u0000'),
      message: 'NUL characters cannot be stored',
      hint: 'leave out \\u0000',
    },
  ]);
}

/** The pointer to the first text or key that has a NUL in it. */
function placeOfNul(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes(NUL) ? '' : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = key.includes(NUL) ? '' : placeOfNul(inner);
    if (place !== undefined) return stepOf(key) + place;
  }
  return undefined;
}
