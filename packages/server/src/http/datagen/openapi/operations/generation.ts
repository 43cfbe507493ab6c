import { FORMATS, formatInfo } from '@datamaker/engine';
import { z } from 'zod';
import type { ZodOpenApiContentObject, ZodOpenApiOperationObject } from 'zod-openapi';
import { json, text } from '../content.ts';
import examples from '../data/generation-examples.json' with { type: 'json' };
import { BODY, errorResponses, KEYED } from '../error-responses.ts';
import {
  aiGenerationAnswer,
  contractAnswer,
  generationAnswer,
  storedContractAnswer,
  validAnswer,
} from '../schemas/answers.ts';
import { eventStream } from '../schemas/events.ts';
import { aiGenerationHeaders, commonHeaders, generationHeaders, idempotencyParameters } from '../schemas/headers.ts';
import { generateAiRequest, generateRequest, inferRequest } from '../schemas/requests.ts';
import { NEEDS_KEY, TAKES_KEY } from '../security.ts';

const tags = ['Generation'];
const body = (content: ZodOpenApiContentObject) => ({ required: true, content });

/** Rows in another format than JSON are the answer itself, which is text or bytes of its media type. */
const files: ZodOpenApiContentObject = Object.fromEntries(
  FORMATS.map((format) => formatInfo(format).mediaType.split(';')[0] as string)
    .filter((mediaType) => mediaType !== 'application/json')
    .map((mediaType) => [mediaType, mediaType === 'text/csv' ? text(mediaType, examples.csv)[mediaType] : {}]),
);
const HELD = [402, 403, 409, 429] as const;

export const generationOperations = {
  inferSchema: {
    operationId: 'inferSchema',
    tags,
    summary: 'Make a contract of names of columns, and store it',
    description: 'The same names with the same locale and hint make the same contract.',
    security: TAKES_KEY,
    requestBody: body(json(inferRequest, examples.infer_request)),
    responses: {
      200: { description: 'The contract.', headers: commonHeaders, content: json(contractAnswer, examples.contract) },
      ...errorResponses(...KEYED, ...BODY, 403),
    },
  },
  readContract: {
    operationId: 'readContract',
    tags,
    summary: 'Read a stored contract',
    security: TAKES_KEY,
    requestParams: {
      path: z.object({
        id: z.string().meta({ description: '`contract_id` of a contract.', param: { example: 'ctr_0123456789ab' } }),
      }),
    },
    responses: {
      200: {
        description: 'The contract.',
        headers: commonHeaders,
        content: json(storedContractAnswer, examples.stored_contract),
      },
      ...errorResponses(404, ...KEYED, 403),
    },
  },
  validate: {
    operationId: 'validate',
    tags,
    summary: 'Check a request of schema mode without making rows',
    security: TAKES_KEY,
    requestBody: body(json(generateRequest, examples.generate_request)),
    responses: {
      200: { description: 'It is right.', headers: commonHeaders, content: json(validAnswer, examples.valid) },
      ...errorResponses(...KEYED, ...BODY, 403),
    },
  },
  generate: {
    operationId: 'generate',
    tags,
    summary: 'Rows of declared types',
    security: NEEDS_KEY,
    requestParams: { header: idempotencyParameters },
    requestBody: body(json(generateRequest, examples.generate_request)),
    responses: {
      200: {
        description: 'The rows, in the format that was asked for.',
        headers: generationHeaders,
        content: { ...json(generationAnswer, examples.generation), ...files },
      },
      ...errorResponses(...KEYED, ...BODY, ...HELD),
    },
  },
  generateAi: {
    operationId: 'generateAi',
    tags,
    summary: 'Rows of names alone',
    description: 'Types are inferred from the names and what is said besides. No model ever makes rows.',
    security: NEEDS_KEY,
    requestParams: { header: idempotencyParameters },
    requestBody: body(json(generateAiRequest, examples.generate_ai_request)),
    responses: {
      200: {
        description: 'The rows, in the format that was asked for.',
        headers: aiGenerationHeaders,
        content: { ...json(aiGenerationAnswer, examples.ai_generation), ...files },
      },
      ...errorResponses(...KEYED, ...BODY, ...HELD, 404),
    },
  },
  generateAiStream: {
    operationId: 'generateAiStream',
    tags,
    summary: 'Rows of names alone, as server-sent events',
    description:
      'Events, in this order: `status` (inferring_schema), `schema`, `status` (generating_rows), `progress` (at least once), `result`, `done`; or `error`, after which the stream ends. A comment comes at once and every 10 seconds. What is wrong with the body is said before the stream begins.',
    security: NEEDS_KEY,
    requestParams: { header: idempotencyParameters },
    requestBody: body(json(generateAiRequest, examples.stream_request)),
    responses: {
      200: {
        description: 'The events.',
        headers: commonHeaders,
        content: text('text/event-stream', examples.stream, eventStream),
      },
      ...errorResponses(...KEYED, ...BODY, 402, 403),
    },
  },
} satisfies Record<string, ZodOpenApiOperationObject>;
