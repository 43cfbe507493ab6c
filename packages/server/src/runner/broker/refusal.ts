import { randomUUID } from 'node:crypto';

/** Why a broker answers a request itself. Codes are those of the API. */
export type Refusal = readonly [code: keyof typeof STATUS, message: string];

export const STATUS = {
  bad_request: 400,
  unauthorized: 401,
  payload_too_large: 413,
  internal_error: 500,
} as const;

/** In the shape that all errors of the API have. */
export const refusalBody = ([code, message]: Refusal): string =>
  JSON.stringify({ error: { code, message, details: {}, request_id: `req_${randomUUID()}` } });
