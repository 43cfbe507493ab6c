import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { json } from './content.ts';
import examples from './data/error-examples.json' with { type: 'json' };
import {
  contractMismatch,
  detailSentence,
  errorMessages,
  errorSentence,
  protocolError,
  structuredErrors,
} from './schemas/errors.ts';
import { commonHeaders, conflictHeaders, retryHeaders, unauthorizedHeaders } from './schemas/headers.ts';

const inEitherShape = z.union([errorMessages, structuredErrors]);

/** What may go wrong, by status. Which shape an error has depends on `Accept`. */
const RESPONSES = {
  400: {
    description: 'The request is not well-formed, or names two keys.',
    headers: commonHeaders,
    content: json(z.union([errorSentence, errorMessages, structuredErrors, protocolError]), examples[400]),
  },
  401: {
    description: 'The key is wrong, revoked or expired, or there is none.',
    headers: unauthorizedHeaders,
    content: json(errorSentence, examples[401]),
  },
  402: {
    description: 'Rows are asked for without a key.',
    headers: commonHeaders,
    content: json(errorSentence, examples[402]),
  },
  403: { description: 'The key is not for that.', headers: commonHeaders, content: json(errorSentence, examples[403]) },
  404: {
    description: 'There is no such thing, or it is not yours.',
    headers: commonHeaders,
    content: json(z.union([detailSentence, inEitherShape]), examples[404]),
  },
  409: {
    description:
      'The names make another contract than the one expected; or the Idempotency-Key was used for another request, or its first is still being answered: then with `Retry-After`.',
    headers: conflictHeaders,
    content: json(z.union([contractMismatch, detailSentence]), examples[409]),
  },
  413: {
    description: 'The body is larger than 5 MiB.',
    headers: commonHeaders,
    content: json(inEitherShape, examples[413]),
  },
  415: { description: 'The body is no JSON.', headers: commonHeaders, content: json(inEitherShape, examples[415]) },
  422: {
    description:
      'Something in the request is wrong, or above the plan. With `Accept: application/json, application/vnd.agentic+json` a list of structured errors, whose fixes make it right.',
    headers: commonHeaders,
    content: json(inEitherShape, examples[422]),
  },
  429: {
    description: 'No calls are left today.',
    headers: retryHeaders,
    content: json(detailSentence, examples[429]),
  },
  500: {
    description: 'Something went wrong in the server.',
    headers: commonHeaders,
    content: json(errorMessages, examples[500]),
  },
  503: {
    description: 'The database cannot be reached at the moment.',
    headers: commonHeaders,
    content: json(z.union([errorSentence, inEitherShape]), examples[503]),
  },
} satisfies Record<number, ZodOpenApiResponseObject>;

type ErrorStatus = keyof typeof RESPONSES;

/** Any route may be asked in a way that is no HTTP, or fail. */
const ALWAYS = [400, 500, 503] as const;
/** Of routes that read a key, if there is one. */
export const KEYED = [401] as const satisfies readonly ErrorStatus[];
/** Of routes with a body. */
export const BODY = [413, 415, 422] as const satisfies readonly ErrorStatus[];

/** The answers of a route when things go wrong. */
export const errorResponses = (...statuses: readonly ErrorStatus[]) =>
  Object.fromEntries([...ALWAYS, ...statuses].toSorted().map((status) => [status, RESPONSES[status]]));
