import { locateJsonError } from '@datamaker/engine';
import type { FastifyInstance } from 'fastify';
import { ApiError, validationError } from '../errors.ts';
import { stepOf } from '../pointer.ts';

/** Bodies are JSON in UTF-8; what is not gets the place where it stops being so. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(decodeBody(body as Buffer)));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** The text of a body. @throws ApiError validation_error */
export function decodeBody(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw validationError([
      { code: 'invalid_utf8', pointer: '', message: 'the body is not valid UTF-8', hint: 'encode it as UTF-8' },
    ]);
  }
}

/** The value of a body, undefined when there is none. @throws ApiError validation_error, bad_request */
export function parseJson(text: string): unknown {
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

/** Values nested deeper than anybody writes are refused before anything recurses into them, which would exhaust the stack. */
const MAX_DEPTH = 200;

function refuseDeep(value: unknown, depth = 0): void {
  if (value === null || typeof value !== 'object') return;
  if (depth >= MAX_DEPTH) throw new ApiError('bad_request', `the body is nested more than ${MAX_DEPTH} levels deep`);
  // A push has a hundred thousand values: no list is made of those of an object, none that has nothing inside is called for, and
  // places of lists are counted, since as keys they are texts.
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const inner: unknown = value[at];
      if (inner !== null && typeof inner === 'object') refuseDeep(inner, depth + 1);
    }
    return;
  }
  for (const key in value) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (inner !== null && typeof inner === 'object') refuseDeep(inner, depth + 1);
  }
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
