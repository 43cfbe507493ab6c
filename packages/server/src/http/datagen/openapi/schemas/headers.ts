import { z } from 'zod';

const requestId = z.string().meta({
  description: 'Of this request alone; quote it when you report trouble.',
  example: 'req_3f0c1f0e-8f4f-4ad5-9b0a-5a2f7d2c6c11',
  header: { id: 'RequestId' },
});
const generationId = z.string().meta({
  description: 'Of this answer; a replay has that of the first.',
  example: '8c3f2f0e-8f4f-4ad5-9b0a-5a2f7d2c6c11',
  header: { id: 'GenerationId' },
});
const seed = z.string().meta({
  description: 'What the rows were drawn from, with percent signs: sent as `seed`, it gives the same rows.',
  example: 'vk2d7q',
  header: { id: 'Seed' },
});
const rows = z
  .int()
  .min(1)
  .meta({ description: 'How many there are.', example: 15, header: { id: 'Rows' } });
const mode = z
  .literal('ai')
  .optional()
  .meta({ description: 'Of AI mode.', header: { id: 'GenerationMode' } });
const disposition = z
  .string()
  .optional()
  .meta({
    description: 'A name to save the answer under, where it is a file.',
    example: 'attachment; filename="8c3f2f0e.csv"',
    header: { id: 'ContentDisposition' },
  });
const replay = z
  .literal('1')
  .optional()
  .meta({ description: 'The answer was given before, under the same Idempotency-Key.', header: { id: 'Replay' } });
const retryAfter = z
  .int()
  .min(0)
  .meta({ description: 'Seconds after which it is worth trying again.', example: 1, header: { id: 'RetryAfter' } });
const authenticate = z
  .literal('Bearer')
  .optional()
  .meta({ description: 'How to send a key.', header: { id: 'WwwAuthenticate' } });

/** Of every answer. */
export const commonHeaders = z.object({ 'Request-Id': requestId });

export const unauthorizedHeaders = z.object({ 'Request-Id': requestId, 'WWW-Authenticate': authenticate });

export const retryHeaders = z.object({ 'Request-Id': requestId, 'Retry-After': retryAfter });

/** Of answers that may be worth trying again, or not. */
export const conflictHeaders = z.object({ 'Request-Id': requestId, 'Retry-After': retryAfter.optional() });

export const downloadHeaders = z.object({ 'Request-Id': requestId, 'Content-Disposition': disposition });

/** Of rows of schema mode. */
export const generationHeaders = z.object({
  'Request-Id': requestId,
  'X-Generation-Id': generationId,
  'X-DataMaker-Seed': seed,
  'X-DataMaker-Rows': rows,
  'Content-Disposition': disposition,
  'X-Idempotent-Replay': replay,
});

export const aiGenerationHeaders = generationHeaders.extend({ 'X-Generation-Mode': mode });

/** What generating routes take: a request that is sent again under the same key runs once. */
export const idempotencyParameters = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[!-~]([ -~]{0,253}[!-~])?$/)
    .optional()
    .meta({
      description:
        'Of your making, such as a UUID, for each thing you want done. The request runs once under it; for 24 hours it is answered with the same bytes, and not counted.',
    }),
});
