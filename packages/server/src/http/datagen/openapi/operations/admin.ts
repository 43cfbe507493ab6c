import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { json } from '../content.ts';
import examples from '../data/admin-examples.json' with { type: 'json' };
import { errorResponses, KEYED } from '../error-responses.ts';
import { freeKeyAnswer, usageAnswer } from '../schemas/answers.ts';
import { errorSentence } from '../schemas/errors.ts';
import { commonHeaders, retryHeaders } from '../schemas/headers.ts';
import { NEEDS_KEY, NO_KEY } from '../security.ts';

const tags = ['Admin'];

export const adminOperations = {
  freeKey: {
    operationId: 'freeKey',
    tags,
    summary: 'Make a key of the free plan',
    description: 'An address gets 30 an hour. The key is shown this once, and lasts 365 days.',
    security: NO_KEY,
    responses: {
      200: { description: 'The key.', headers: commonHeaders, content: json(freeKeyAnswer, examples.free_key) },
      ...errorResponses(),
      429: {
        description: 'The address has had its keys of this hour.',
        headers: retryHeaders,
        content: json(errorSentence, examples.too_many_keys),
      },
    },
  },
  usage: {
    operationId: 'usage',
    tags,
    summary: 'What the key has used today',
    security: NEEDS_KEY,
    responses: {
      200: { description: 'A day is one of UTC.', headers: commonHeaders, content: json(usageAnswer, examples.usage) },
      ...errorResponses(...KEYED),
    },
  },
} satisfies Record<string, ZodOpenApiOperationObject>;
