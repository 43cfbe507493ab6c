import type { FastifyRequest } from 'fastify';
import { ApiError, type ErrorDetail, validationError } from '../errors.ts';
import { missingFile, tooLarge } from '../services/file-service.ts';

/** A name may be as long as names are, and be told so when it is longer. */
const MAX_FIELD_BYTES = 4096;

/** What @fastify/multipart says when there are more parts than the two. */
const TOO_MANY = ['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'];

/**
 * Reads an upload: a field `name` and a part `file`, in any order, each once. Nothing that the client sends is used as a path.
 * @param arrive takes the bytes of the file
 * @returns the name
 * @throws ApiError
 */
export async function readUpload(
  request: FastifyRequest,
  fileBytes: number,
  arrive: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<string> {
  // The parser waits for the end of a request; of one that broke off before, it would never hear.
  if (request.raw.destroyed) throw inOurTerms(new Error('the request broke off'), fileBytes);
  let name: string | undefined;
  let arrived = false;
  // One byte more than is allowed: the parser cuts a file off in silence, and one that is cut must be known to be too large.
  const limits = {
    fileSize: fileBytes + 1,
    files: 1,
    fields: 1,
    parts: 2,
    fieldSize: MAX_FIELD_BYTES,
    headerPairs: 20,
  };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file') throw unknownPart(part.fieldname);
        await arrive(part.file);
        if (part.file.truncated) throw tooLarge(fileBytes);
        arrived = true;
      } else {
        if (part.fieldname !== 'name') throw unknownPart(part.fieldname);
        if (part.valueTruncated) throw wrong('invalid_name', '/name', 'the name is too long', 'shorten it');
        name = String(part.value);
      }
    }
  } catch (error) {
    throw inOurTerms(error, fileBytes);
  }
  if (!arrived) throw missingFile();
  if (name === undefined) throw wrong('missing_name', '/name', 'there is no part `name`', 'send it as a field');
  return name;
}

function inOurTerms(error: unknown, fileBytes: number): unknown {
  if (error instanceof ApiError) return error;
  const { code = '' } = error as { code?: string };
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(fileBytes);
  if (TOO_MANY.includes(code)) {
    return wrong('too_many_parts', '', 'an upload has two parts, `name` and `file`', 'send one file with each request');
  }
  return new ApiError('bad_request', 'the multipart body is not well-formed, or does not end');
}

const unknownPart = (name: string): ApiError =>
  wrong('unknown_key', '', `unknown part ${JSON.stringify(String(name).slice(0, 80))}`, 'send `name` and `file`');

const wrong = (code: string, pointer: string, message: string, hint: string): ApiError =>
  validationError([{ code, pointer, message, hint } satisfies ErrorDetail]);
