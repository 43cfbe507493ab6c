import type { ZodOpenApiSecuritySchemeObject } from 'zod-openapi';

/** How keys are sent. */
export const securitySchemes = {
  XApiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'A free key of GET /api/v1/auth/free-key, or a key of a workspace.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as `Authorization: Bearer <key>`.' },
} satisfies Record<string, ZodOpenApiSecuritySchemeObject>;

/** A key is needed. */
export const NEEDS_KEY: Record<string, string[]>[] = [{ XApiKey: [] }, { bearer: [] }];

/** It works without a key; with one, on the plan of its holder. */
export const TAKES_KEY: Record<string, string[]>[] = [{}, ...NEEDS_KEY];

/** No key is looked at. */
export const NO_KEY: Record<string, string[]>[] = [];
