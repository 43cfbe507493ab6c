import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { json } from '../content.ts';
import examples from '../data/discovery-examples.json' with { type: 'json' };
import { errorResponses, KEYED } from '../error-responses.ts';
import {
  capabilitiesAnswer,
  fieldTypesAnswer,
  healthAnswer,
  pricingAnswer,
  samplesAnswer,
} from '../schemas/answers.ts';
import { commonHeaders, downloadHeaders } from '../schemas/headers.ts';
import { NO_KEY, TAKES_KEY } from '../security.ts';

const tags = ['Discovery'];

export const discoveryOperations = {
  capabilities: {
    operationId: 'capabilities',
    tags,
    summary: 'Types, locales, formats, the limits of the plan, and requests to begin with',
    security: TAKES_KEY,
    responses: {
      200: {
        description: 'What there is on the plan of the key, or on the free one.',
        headers: commonHeaders,
        content: json(capabilitiesAnswer, examples.capabilities),
      },
      ...errorResponses(...KEYED),
    },
  },
  fieldTypes: {
    operationId: 'fieldTypes',
    tags,
    summary: 'The catalogue of types',
    security: NO_KEY,
    responses: {
      200: {
        description: 'All types, with their options.',
        headers: commonHeaders,
        content: json(fieldTypesAnswer, examples.field_types),
      },
      ...errorResponses(),
    },
  },
  pricing: {
    operationId: 'pricing',
    tags,
    summary: 'The plans',
    security: NO_KEY,
    responses: {
      200: {
        description: 'What each plan allows, and its price.',
        headers: commonHeaders,
        content: json(pricingAnswer, examples.pricing),
      },
      ...errorResponses(),
    },
  },
  health: {
    operationId: 'health',
    tags,
    summary: 'Whether server and database work',
    security: NO_KEY,
    responses: {
      200: {
        description: 'They do.',
        headers: commonHeaders,
        content: json(healthAnswer, { well: examples.health.well }),
      },
      ...errorResponses(),
      503: {
        description: 'The database cannot be reached.',
        headers: commonHeaders,
        content: json(healthAnswer, { no_database: examples.health.no_database }),
      },
    },
  },
  samples: {
    operationId: 'listSamples',
    tags,
    summary: 'Requests to download',
    security: NO_KEY,
    responses: {
      200: { description: 'Where they are.', headers: commonHeaders, content: json(samplesAnswer, examples.samples) },
      ...errorResponses(),
    },
  },
  sample: {
    operationId: 'downloadSample',
    tags,
    summary: 'A request as a file, or all as a Postman collection',
    security: NO_KEY,
    requestParams: {
      path: z.object({
        file: z.string().meta({
          description: 'One that GET /api/v1/samples names.',
          param: {
            examples: { request: { value: 'generate-ai.json' }, postman: { value: 'postman-collection.json' } },
          },
        }),
      }),
    },
    responses: {
      200: {
        description: 'The body of a request that works as it is; or a collection (Postman, format 2.1).',
        headers: downloadHeaders,
        content: json(z.record(z.string(), z.unknown()), examples.sample),
      },
      ...errorResponses(404),
    },
  },
} satisfies Record<string, ZodOpenApiOperationObject>;
